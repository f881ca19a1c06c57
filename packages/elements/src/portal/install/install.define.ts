import { define } from "../../core/index.ts";
import { B24Install } from "./install.ts";

define("b24-install", B24Install);
