import { define } from "../../core/index.ts";
import { B24Portals } from "./portals.ts";

define("b24-portals", B24Portals);
