import { define } from "../../core/index.ts";
import { B24SyncDetails } from "./sync-details.ts";

define("b24-sync-details", B24SyncDetails);
