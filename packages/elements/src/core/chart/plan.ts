import type { EChartsCoreOption } from "echarts/core";
import type { ChartData } from "./aggregate.ts";
import type { Drawing } from "./drawing.ts";
import type { ChartExtension } from "./echarts.ts";
import type { Form } from "./forms/form.ts";
import { chartOption } from "./option.ts";

/** What to draw, and with what. */
export interface Plan {
  option: EChartsCoreOption;
  extensions: readonly ChartExtension[];
  renderer: "svg" | "canvas";
}

interface Shown {
  show?: boolean;
}

/** Axes of so many periods can be looked at closer. */
const LONG = 60;
const AXIS_FORMS = new Set(["bar", "line", "area", "combo"]);

const needsZoom = ({ grain, categories, type }: ChartData): boolean =>
  grain !== undefined && AXIS_FORMS.has(type) && categories.length > LONG;

/** Whether there are more marks than single shapes can be made of. */
export const onCanvas = (form: Form, { points }: ChartData): boolean =>
  form.canvasFrom !== undefined && (points?.rows.length ?? 0) > form.canvasFrom;

/** The parts of ECharts that this data in this form needs. */
export async function extensionsOf(
  option: EChartsCoreOption,
  form: Form,
  { target }: ChartData,
): Promise<readonly ChartExtension[]> {
  const { legend, aria } = option as { legend: Shown; aria: { decal: Shown } };
  const parts: Promise<readonly ChartExtension[]>[] = [];
  if (legend.show !== false) parts.push(import("./legend.ts").then((part) => part.legendExtensions));
  if (aria.decal.show) parts.push(import("./patterns.ts").then((part) => part.patternExtensions));
  if (target !== undefined) parts.push(import("./target-line.ts").then((part) => part.targetExtensions));
  return [...(form.extensions ?? []), ...(await Promise.all(parts)).flat()];
}

/** Everything ECharts is told; long axes bring the code of the zoom. */
export async function toPlan(drawing: Drawing, form: Form): Promise<Plan> {
  const { data } = drawing;
  const option = chartOption(drawing, form);
  const extensions = await extensionsOf(option, form, data);
  const renderer = onCanvas(form, data) ? "canvas" : "svg";
  if (!needsZoom(data)) return { option, extensions, renderer };
  const { withZoom, zoomExtensions } = await import("./zoom.ts");
  return { option: withZoom(option, drawing), extensions: [...extensions, ...zoomExtensions], renderer };
}
