import { define } from "../core/index.ts";
import { B24Subscriptions } from "./subscriptions.ts";

define("b24-subscriptions", B24Subscriptions);
