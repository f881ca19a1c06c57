import { getHealth, type ResponseOf } from "@b24kit/client/contract";
import type { Database } from "../db/database.ts";
import type { App } from "./environment.ts";
import { mount } from "./mount.ts";

type SqlState = ResponseOf<typeof getHealth>["generatedSql"];

/** A probe waits no longer than this for the database. */
const PATIENCE_MS = 2_000;

/** `/health` answers 200 as long as the process answers: a restart would not bring a lost database back. */
export function routes(
  app: App,
  { db, version, generatedSql }: { db: Database; version: string; generatedSql: () => SqlState },
): void {
  mount(app, getHealth, async (): Promise<ResponseOf<typeof getHealth>> => {
    const known = { version, generatedSql: generatedSql() };
    if (await answers(db)) return { status: "ok", database: "ok", ...known };
    return { status: "degraded", database: "unavailable", ...known };
  });
}

async function answers(db: Database): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  const asked = db.pool.query("SELECT 1").then(
    () => true,
    () => false,
  );
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
