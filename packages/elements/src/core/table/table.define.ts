import { define } from "../define.ts";
import { B24Table } from "./table.ts";

define("b24-table", B24Table);
