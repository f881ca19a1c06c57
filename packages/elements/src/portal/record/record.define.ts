import { define } from "../../core/index.ts";
import { B24Record } from "./record.ts";

define("b24-record", B24Record);
