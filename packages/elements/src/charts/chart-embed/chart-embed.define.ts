import { define } from "../../core/index.ts";
import { B24ChartEmbed } from "./chart-embed.ts";

define("b24-chart-embed", B24ChartEmbed);
