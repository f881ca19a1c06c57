import type { EChartsCoreOption } from "echarts/core";
import { canvasExtensions } from "./canvas.ts";
import { type ChartExtension, detachedChart, extend } from "./echarts.ts";

export interface ChartImage {
  option: EChartsCoreOption;
  extensions: readonly ChartExtension[];
  heading: string;
  caption: string;
  width: number;
  height: number;
  font: string;
  ink: string;
  ground: string;
}

const SCALE = 2;
const PADDING = 24;
const HEAD = 64;

/** A PNG of the chart with its heading. Drawn anew on a canvas: an SVG as `<img>` is what strict CSPs refuse. */
export async function toPng(image: ChartImage): Promise<Blob | undefined> {
  const { width, height, font, ink, ground } = image;
  extend([...canvasExtensions, ...image.extensions]);
  const chart = detachedChart(width, height, SCALE);
  try {
    chart.setOption({ ...image.option, animation: false });
    const canvas = document.createElement("canvas");
    canvas.width = (width + 2 * PADDING) * SCALE;
    canvas.height = (height + HEAD + 2 * PADDING) * SCALE;
    const pen = canvas.getContext("2d");
    if (!pen) return undefined;
    pen.scale(SCALE, SCALE);
    pen.fillStyle = ground;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = ink;
    pen.font = `500 18px ${font}`;
    pen.fillText(image.heading, PADDING, PADDING + 16, width);
    pen.font = `14px ${font}`;
    pen.fillText(image.caption, PADDING, PADDING + 42, width);
    pen.drawImage(chart.renderToCanvas({ pixelRatio: SCALE }), PADDING, PADDING + HEAD, width, height);
    return await new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), "image/png"));
  } finally {
    chart.dispose();
  }
}
