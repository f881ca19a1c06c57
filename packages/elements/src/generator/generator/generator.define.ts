import { define } from "../../core/index.ts";
import { B24Generator } from "./generator.ts";

define("b24-generator", B24Generator);
