import "../../core/chart/chart.define.ts";
import { define } from "../../core/index.ts";
import { B24AiChart } from "./ai-chart.ts";

define("b24-ai-chart", B24AiChart);
