import { createMemoryLimiter } from "./memory-limiter.ts";
import { testLimiter } from "./test/limiter-suite.ts";

testLimiter("memory", (clock) => createMemoryLimiter({ clock }));
