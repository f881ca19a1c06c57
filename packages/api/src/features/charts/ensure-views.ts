import type { Database } from "../../platform/db/database.ts";
import { retryLocked } from "../../platform/db/retry-locked.ts";
import { holdsViews, replaceViews } from "./store/views.ts";
import type { ChartViews } from "./views/chart-views.ts";

const TRIES = 10;
const PAUSE_MS = 500;

/** The schema of a portal's chart views, beside its mirror. */
export function chartSchema(mirrorSchema: string): string {
  return `${mirrorSchema}_chart`;
}

/**
 * Makes the database hold exactly these views. One statement where nothing changed; several processes at once make
 * them once. Queries under way are not blocked for long: a lock that does not come is asked for again.
 */
export async function ensureViews(
  db: Database,
  schema: string,
  views: ChartViews,
  reader: string | null,
): Promise<void> {
  await retryLocked({ tries: TRIES, pauseMs: PAUSE_MS }, async () => {
    if (await holdsViews(db.pool, schema, views)) return;
    await db.transaction(async (tx) => {
      await tx.query("SET LOCAL lock_timeout = '2s'");
      await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 24))", [`charts.views:${schema}`]);
      if (!(await holdsViews(tx, schema, views))) await replaceViews(tx, schema, views, reader);
    });
  });
}
