import type {
  GeneratorStatus,
  getGeneration,
  getSessionInfo,
  getSessionStatus,
  ResponseOf,
} from "@b24kit/client/contract";
import { AppError } from "../../platform/http/app-error.ts";
import type { GeneratorDeps, Owner } from "./deps.ts";
import { activeStates } from "./states.ts";
import { selectLog } from "./store/logs.ts";
import { selectFailures } from "./store/records.ts";
import { selectRun } from "./store/runs.ts";
import { selectSessions } from "./store/sessions.ts";
import { selectLatest, selectStatus } from "./store/status.ts";

const FAILURES = 200;

/** Everything of a person's own. */
export async function getStatus(deps: GeneratorDeps, owner: Owner): Promise<GeneratorStatus> {
  const { db, portals, settings } = deps;
  const { host, url } = await portals.get(owner.portalId);
  const runs = await selectLatest(db.pool, owner, settings.graceMs);
  const run = runs.find(({ state }) => activeStates.includes(state)) ?? runs[0] ?? null;
  return {
    portal: host,
    portalUrl: url,
    defaults: { companies: settings.companies, contacts: settings.contacts },
    run,
    log: run === null ? [] : await selectLog(db.pool, run.id),
    runs,
  };
}

/** The last run of one of the person's tabs. */
export async function getSession(
  { db, settings }: GeneratorDeps,
  owner: Owner,
  session: string,
): Promise<ResponseOf<typeof getSessionStatus>> {
  const [run = null] = await selectLatest(db.pool, owner, settings.graceMs, { session, limit: 1 });
  return {
    session_id: session,
    is_generating: run !== null && activeStates.includes(run.state),
    run,
    log: run === null ? [] : await selectLog(db.pool, run.id),
  };
}

/** The person's tabs that are connected now. */
export async function getSessions(
  { db, settings }: GeneratorDeps,
  owner: Owner,
): Promise<ResponseOf<typeof getSessionInfo>> {
  const sessions = await selectSessions(db.pool, owner);
  const running = (await selectLatest(db.pool, owner, settings.graceMs)).find(({ state }) =>
    activeStates.includes(state),
  );
  return {
    active_sessions: sessions.length,
    sessions: sessions.map(({ session, connectedAt }) => ({
      session_id: session,
      connected_at: connectedAt.toISOString(),
      is_generating: running?.session === session,
    })),
  };
}

/** One run with all its words. @throws AppError not_found */
export async function getRun(
  { db, settings }: GeneratorDeps,
  owner: Owner,
  id: string,
): Promise<ResponseOf<typeof getGeneration>> {
  const known = await selectRun(db.pool, id, owner);
  const run = known && (await selectStatus(db.pool, id, settings.graceMs));
  if (!run) throw new AppError("not_found", `This person has no generation ${id} on this portal.`);
  return {
    run,
    log: await selectLog(db.pool, id, { limit: 1_000 }),
    failures: await selectFailures(db.pool, id, FAILURES),
  };
}
