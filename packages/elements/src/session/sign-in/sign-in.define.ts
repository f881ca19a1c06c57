import { define } from "../../core/index.ts";
import { B24SignIn } from "./sign-in.ts";

define("b24-sign-in", B24SignIn);
