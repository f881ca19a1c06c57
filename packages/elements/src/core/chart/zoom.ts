import { DataZoomComponent } from "echarts/components";
import type { EChartsCoreOption } from "echarts/core";
import type { Drawing } from "./drawing.ts";

export const zoomExtensions = [DataZoomComponent];

/** A band below the plot to narrow the time by; the wheel alone goes on scrolling the page. */
export function withZoom(option: EChartsCoreOption, { palette }: Drawing): EChartsCoreOption {
  return {
    ...option,
    grid: { ...(option.grid as object), bottom: 36 },
    dataZoom: [
      { type: "inside", zoomOnMouseWheel: "ctrl", moveOnMouseMove: false, moveOnMouseWheel: false },
      {
        type: "slider",
        height: 22,
        bottom: 2,
        left: 8,
        right: 8,
        brushSelect: false,
        showDetail: false,
        borderColor: "transparent",
        backgroundColor: palette["surface-sunken"],
        fillerColor: `${palette["series-1"]}22`,
        dataBackground: {
          lineStyle: { color: palette["text-faint"], width: 1 },
          areaStyle: { color: palette["text-faint"], opacity: 0.15 },
        },
        selectedDataBackground: {
          lineStyle: { color: palette["series-1"], width: 1 },
          areaStyle: { color: palette["series-1"], opacity: 0.15 },
        },
        handleStyle: { color: palette.surface, borderColor: palette.border },
        moveHandleStyle: { color: palette.border },
      },
    ],
  };
}
