import pg from "pg";
import { createPostgresLimiter } from "../postgres-limiter.ts";

/** A second process for the limiter's test: takes places until none is left and tells how many there were. */
const [url = "", portalId = ""] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: 2 });
const limiter = createPostgresLimiter({
  db: { pool },
  portalId: Number(portalId),
  plan: { capacity: 50, drain: 0.001 },
});

let granted = 0;
try {
  for (;;) {
    await limiter.acquire({
      method: "profile",
      commands: { profile: 1 },
      priority: "background",
      maxWaitMs: 100,
    });
    granted += 1;
  }
} catch {
  process.send?.(granted);
}
await pool.end();
process.disconnect?.();
