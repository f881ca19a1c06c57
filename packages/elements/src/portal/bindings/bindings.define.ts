import { define } from "../../core/index.ts";
import { B24Bindings } from "./bindings.ts";

define("b24-bindings", B24Bindings);
