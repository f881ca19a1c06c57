import { define } from "../core/index.ts";
import { B24Health } from "./health.ts";

define("b24-health", B24Health);
