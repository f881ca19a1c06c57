import type { GeneratorChange, GeneratorRun } from "@b24kit/client/contract";
import { GENERATOR_TOPIC, type GeneratorDeps, type Owner } from "./deps.ts";
import { selectLog } from "./store/logs.ts";
import { selectStatus } from "./store/status.ts";

/** A change on the bus: it concerns one person only. */
export interface Report extends GeneratorChange {
  readonly person: string;
}

/** Words of the log that are told again where the teller does not know what was heard. */
const RECENT = 20;

/** Publishes a run as it is now, with the words behind `after`; answers it and the last word's id. */
export async function report(
  deps: GeneratorDeps,
  { id, portalId, person }: Owner & { id: string },
  after?: number,
): Promise<{ run: GeneratorRun; last: number }> {
  const run = await selectStatus(deps.db.pool, id, deps.settings.graceMs);
  if (!run) throw new Error(`no run ${id}`);
  const log = await selectLog(deps.db.pool, id, after === undefined ? { limit: RECENT } : { after });
  const change: Report = { person, run, log };
  await deps.bus.publish(GENERATOR_TOPIC, portalId, change);
  return { run, last: log.at(-1)?.id ?? after ?? 0 };
}
