import { define } from "../../core/index.ts";
import { B24Schema } from "./schema.ts";

define("b24-schema", B24Schema);
