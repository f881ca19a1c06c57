import { define } from "../../core/index.ts";
import { B24History } from "./history.ts";

define("b24-history", B24History);
