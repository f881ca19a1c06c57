import { define } from "../../core/index.ts";
import { B24ChartSettings } from "./chart-settings.ts";

define("b24-chart-settings", B24ChartSettings);
