import { LineChart } from "echarts/charts";

/** For the line of a target across bars. */
export const targetExtensions = [LineChart];
