import { GeneratorEntity } from "@b24kit/client/contract";
import { inLanes } from "../../platform/jobs/lanes.ts";
import type { RunContext } from "./context.ts";
import { showsWhatWasSent } from "./fields.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { readRecords } from "./portal-records.ts";
import { selectUnsealed, updateFingerprints } from "./store/records.ts";

/** Records that one request reads: twenty pages, a second or two of the portal's time. */
const READ = 1_000;

/** Kinds that are read at the same time. */
const AT_A_TIME = 2;

/** Never the fingerprint of a record: it has been edited already. */
export const EDITED = "edited";

/** Reads what was made once more, as the portal shows it: what differs from that later was edited by a person. */
export async function sealRun(context: RunContext): Promise<void> {
  const entities = [...GeneratorEntity.options];
  await inLanes(
    () => entities.shift(),
    () => AT_A_TIME,
    async (entity) => {
      while (await sealSome(context, entity));
    },
  );
}

async function sealSome(context: RunContext, entity: GeneratorEntity): Promise<boolean> {
  const { deps, run, client, options, factory, progress } = context;
  const rows = await selectUnsealed(deps.db.pool, run.id, entity, READ);
  if (rows.length === 0) return false;
  const items = await readRecords(
    client,
    entity,
    rows.map(({ recordId }) => recordId!),
    options,
  );
  const prints = rows.map(({ no, recordId }) => {
    const item = items.get(recordId!);
    const own = item !== undefined && showsWhatWasSent(factory.make(entity, no), item);
    return { no, fingerprint: own ? fingerprintOf(item) : EDITED };
  });
  await updateFingerprints(deps.db.pool, run.id, entity, prints);
  progress.made(0);
  return true;
}
