import { CanvasRenderer } from "echarts/renderers";

/** For pictures, and for more points than single shapes can be made of. */
export const canvasExtensions = [CanvasRenderer];
