import type { Entity } from "@b24kit/client/contract";
import type { SyncDeps } from "./deps.ts";
import { readPortalOffset } from "./queries/portal-time.ts";
import { readSources, type Sources } from "./queries/source.ts";
import {
  type CustomField,
  selectCustomFields,
  selectRowCounts,
  selectWords,
  type Words,
} from "./store/description.ts";

/** What other features may know of a portal's mirror: how to read it, and what its codes mean. */
export interface PortalDescription extends Words, Sources {
  /** Minutes that the portal's own time is ahead of UTC. */
  readonly offsetMinutes: number;
  /** The fields that the portal's people made. */
  readonly fields: readonly CustomField[];
  /** Absent before an entity's first run. */
  readonly rows: Readonly<Partial<Record<Entity, number>>>;
}

/** Works before the first run too: everything is there then, and empty. */
export async function describePortal(
  { db, portals }: Pick<SyncDeps, "db" | "portals">,
  portalId: number,
): Promise<PortalDescription> {
  const { schema } = await portals.get(portalId);
  const sources = await readSources(db.pool, schema);
  const [offsetMinutes, fields, rows, words] = await Promise.all([
    readPortalOffset(db.pool, portalId),
    selectCustomFields(db.pool, portalId),
    selectRowCounts(db.pool, portalId),
    selectWords(db.pool, sources),
  ]);
  return { ...words, offsetMinutes, fields, rows, from: sources.from };
}
