import { LegendPlainComponent } from "echarts/components";

/** For a key of several series, or of the parts of a narrow ring. */
export const legendExtensions = [LegendPlainComponent];
