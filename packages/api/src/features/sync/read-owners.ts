import type { BatchOutcome, Command, ListPage } from "../../platform/bitrix/types.ts";
import { need, understand } from "./answers.ts";
import type { EntityDescriptor } from "./entities.ts";
import { listedRows } from "./list-command.ts";
import type { ReadContext } from "./read-partition.ts";
import type { PortalRow } from "./rows.ts";
import { selectNextOwners } from "./store/owners.ts";
import type { Partition } from "./store/partitions.ts";

/** What one step has read: the records of some owners, all of them. The page's ids are the owners'. */
export type OwnersPage = ListPage<PortalRow> & {
  readonly owners: readonly number[];
  /** Owners that were asked about, those that the portal does not show among them. */
  readonly asked: number;
};

const PAGE = 50;

/**
 * Reads the records of the owners of a partition, one command an owner. Those of an owner that is gone are none; those
 * of one that the portal does not show are left as they are. @throws PortalError
 */
export async function* readOwners(context: ReadContext, partition: Partition): AsyncGenerator<OwnersPage> {
  const { deps, mirror, changedSince } = context;
  const limit = deps.settings.batchSize;
  const since = partition.kind === "modified" ? changedSince : null;
  for (let after = partition.cursor, done = false; !done; ) {
    // The end comes nearer when another reader takes the rest.
    const range = { after, upTo: partition.hi ?? Number.MAX_SAFE_INTEGER, since, limit };
    const next = await selectNextOwners(deps.db.pool, mirror.schema, mirror.descriptor, range);
    const ids = (gone: boolean) => next.filter((one) => one.gone === gone).map(({ id }) => id);
    done = next.length < limit;
    after = next.at(-1)?.id ?? after;
    const { owners, ...read } = await readOf(context, ids(false));
    yield {
      ...read,
      owners: [...owners, ...ids(true)],
      asked: next.length,
      lastId: after,
      done,
      remaining: null,
    };
  }
}

type Read = Pick<OwnersPage, "rows" | "owners" | "requests" | "serverSeconds">;

async function readOf({ client, mirror, options }: ReadContext, ids: readonly number[]): Promise<Read> {
  const { descriptor } = mirror;
  const { list } = descriptor;
  const rows: PortalRow[] = [];
  const owners: number[] = [];
  let requests = 0;
  let serverSeconds = 0;
  for (let open = ids.map((owner) => ({ owner, after: 0 })); open.length > 0; ) {
    const commands = Object.fromEntries(open.map((one) => [`o${one.owner}`, ofOwner(descriptor, one)]));
    const outcomes = await client.batch(commands, { ...options, idempotent: true });
    requests += 1;
    const more: typeof open = [];
    for (const { owner } of open) {
      const outcome = outcomes[`o${owner}`];
      if (isHidden(outcome)) continue;
      const found = understand(list.method, () => listedRows(list, need(outcomes, `o${owner}`)));
      rows.push(...found);
      serverSeconds += outcome?.ok ? (outcome.time?.duration ?? 0) : 0;
      if (found.length < PAGE) owners.push(owner);
      else more.push({ owner, after: Number(found.at(-1)![list.rowId]) });
    }
    open = more;
  }
  return { rows, owners, requests, serverSeconds };
}

function ofOwner({ list, owner }: EntityDescriptor, one: { owner: number; after: number }): Command {
  const filter = { "=ownerType": owner!.type, "=ownerId": one.owner, [`>${list.idField}`]: one.after };
  return { method: list.method, params: { filter, order: { [list.idField]: "asc" }, start: -1 } };
}

/** The owner is not shown to us, or went a moment ago: the next look at the owners will tell. */
const isHidden = (outcome: BatchOutcome | undefined) =>
  outcome !== undefined &&
  !outcome.ok &&
  !outcome.error.transient &&
  ["portal_error", "portal_access_denied"].includes(outcome.error.code);
