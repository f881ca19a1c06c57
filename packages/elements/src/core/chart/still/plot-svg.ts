import { init, setPlatformAPI } from "echarts/core";
import type { Drawing } from "../drawing.ts";
import { extend } from "../echarts.ts";
import type { Form } from "../forms/form.ts";
import { chartOption } from "../option.ts";
import { extensionsOf } from "../plan.ts";
import { textWidth } from "./letter-widths.ts";
import { pureSvg, readable } from "./pure-svg.ts";

interface SvgPainter {
  renderToString(how: { useViewBox: boolean; cssAnimation: boolean; cssEmphasis: boolean }): string;
}

const sizeOf = (font: string) => Number(/(\d+(?:\.\d+)?)px/.exec(font)?.[1] ?? 12);

/** Without a page nothing measures letters, and ECharts takes all but ASCII for squares. */
function measureLetters(): void {
  setPlatformAPI({
    measureText: (text, font) => ({ width: textWidth(text ?? "", sizeOf(font ?? "")) }) as TextMetrics,
  });
}

/** The plot as it would stand on a page, at rest: markup that begins with `<svg`. @throws ImpureSvg */
export async function plotSvg(drawing: Drawing, form: Form): Promise<string> {
  const option = chartOption(drawing, form);
  extend(await extensionsOf(option, form, drawing.data));
  measureLetters();
  const { width, height } = drawing;
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption({ ...option, animation: false, tooltip: { show: false } });
    const { painter } = chart.getZr() as unknown as { painter: SvgPainter };
    // Its own sheet would say how marks look under a pointer.
    const markup = painter.renderToString({ useViewBox: true, cssAnimation: false, cssEmphasis: false });
    return pureSvg(readable(markup)).trim();
  } finally {
    // Its clock would keep the process alive.
    chart.dispose();
  }
}
