import { define } from "../../core/index.ts";
import { B24SyncStatus } from "./sync-status.ts";

define("b24-sync-status", B24SyncStatus);
