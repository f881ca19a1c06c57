import { define } from "../../core/index.ts";
import { B24Applications } from "./applications.ts";

define("b24-applications", B24Applications);
