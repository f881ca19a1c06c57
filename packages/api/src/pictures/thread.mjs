import { register } from "tsx/esm/api";

// A thread does not take over the loader that its process was started with.
register();
await import("./thread.ts");
