import { AriaComponent } from "echarts/components";

/** ECharts keeps its patterns with its words for screen readers, of which we have our own. */
export const patternExtensions = [AriaComponent];
