import { define } from "../../core/index.ts";
import { B24ChartPicture } from "./chart-picture.ts";

define("b24-chart-picture", B24ChartPicture);
