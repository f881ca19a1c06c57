import { define } from "../core/index.ts";
import { B24Provider } from "./provider.ts";

define("b24-provider", B24Provider);
