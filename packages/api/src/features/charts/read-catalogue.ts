import type { Catalogue } from "@b24kit/client/contract";
import type { Database } from "../../platform/db/database.ts";
import type { MirrorAccess, PortalAccess } from "./deps.ts";
import { chartSchema, ensureViews } from "./ensure-views.ts";
import { defineChartViews } from "./views/chart-views.ts";

export interface CatalogueDeps {
  readonly db: Database;
  readonly portals: Pick<PortalAccess, "get">;
  readonly mirror: MirrorAccess;
  /** The role that reads a portal's views; null where there is none. */
  readonly readerOf: (portalId: number) => Promise<string | null>;
}

/** A portal's catalogue, and the schema whose views are exactly as it says. */
export interface ReadyCatalogue {
  readonly catalogue: Catalogue;
  readonly schema: string;
}

/** What charts may read of a portal now, before its first sync too: then there are no rows. */
export async function readCatalogue(deps: CatalogueDeps, portalId: number): Promise<ReadyCatalogue> {
  const [portal, mirror, reader] = await Promise.all([
    deps.portals.get(portalId),
    deps.mirror.describe(portalId),
    deps.readerOf(portalId),
  ]);
  const schema = chartSchema(portal.schema);
  const views = defineChartViews(mirror);
  await ensureViews(deps.db, schema, views, reader);
  return { catalogue: views.catalogue, schema };
}
