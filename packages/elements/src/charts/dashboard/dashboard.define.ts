import "../../core/chart/chart.define.ts";
import { define } from "../../core/index.ts";
import { B24Dashboard } from "./dashboard.ts";

define("b24-dashboard", B24Dashboard);
