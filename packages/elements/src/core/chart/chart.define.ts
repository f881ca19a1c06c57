import { define } from "../define.ts";
import { B24Chart } from "./chart.ts";

define("b24-chart", B24Chart);
