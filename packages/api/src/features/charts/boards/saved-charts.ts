import type { ChartDefinition, SavedChart, SavedChartVersion } from "@b24kit/client/contract";
import type { Database } from "../../../platform/db/database.ts";
import { AppError } from "../../../platform/http/app-error.ts";
import type { Audience } from "../ask/audience.ts";
import * as store from "../store/saved.ts";

interface SavedDeps {
  readonly db: Database;
  /** @throws AppError plan_invalid, sql_refused, sql_off */
  readonly check: (audience: Audience, definition: ChartDefinition) => Promise<unknown>;
}

export interface SavedChange {
  readonly name?: string | undefined;
  readonly pinned?: boolean | undefined;
  readonly form?: SavedChart["form"] | undefined;
  readonly definition?: ChartDefinition | undefined;
  readonly version?: number | undefined;
}

/** Kept charts of a portal, with their history. */
export function savedCharts({ db, check }: SavedDeps) {
  async function get({ portal }: Audience, id: string): Promise<SavedChart> {
    const chart = await store.selectSavedChart(db.pool, portal.id, id);
    if (!chart) throw new AppError("not_found", "There is no such chart.");
    return chart;
  }

  return {
    get,
    list: ({ portal }: Audience) => store.selectSaved(db.pool, portal.id),
    /** The same id again changes nothing; a removed chart comes back, which undoes its removal. */
    async save(audience: Audience, chart: store.NewSaved): Promise<SavedChart> {
      await check(audience, chart.definition);
      await db.transaction(async (tx) => {
        const kept = await store.insertSaved(tx, audience.portal.id, audience.who, chart);
        if (kept) await store.insertVersion(tx, chart.id, audience.who, "created");
      });
      return get(audience, chart.id);
    },
    async change(audience: Audience, id: string, change: SavedChange): Promise<SavedChart> {
      const { version, ...rest } = change;
      const before = await get(audience, id);
      if (version !== undefined && version !== before.version) throw new AppError("version_conflict");
      if (change.definition) await check(audience, change.definition);
      const named = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
      await db.transaction(async (tx) => {
        if (!(await store.updateSaved(tx, audience.portal.id, { ...before, ...named })))
          throw new AppError("version_conflict");
        await store.insertVersion(tx, id, audience.who, kindOf(change, before));
      });
      return get(audience, id);
    },
    async remove({ portal }: Audience, id: string): Promise<void> {
      if (!(await store.removeSaved(db.pool, portal.id, id)))
        throw new AppError("not_found", "There is no such chart.");
    },
    async history(audience: Audience, id: string): Promise<SavedChartVersion[]> {
      await get(audience, id);
      return store.selectVersions(db.pool, id);
    },
  };
}

function kindOf(change: SavedChange, before: SavedChart): SavedChartVersion["change"] {
  if (change.definition || change.form !== undefined) return "edited";
  if (change.name !== undefined && change.name !== before.name) return "renamed";
  if (change.pinned === undefined) return "edited";
  return change.pinned ? "pinned" : "unpinned";
}
