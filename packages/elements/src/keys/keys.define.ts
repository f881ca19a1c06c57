import { define } from "../core/index.ts";
import { B24Keys } from "./keys.ts";

define("b24-keys", B24Keys);
