import type { ChartSettings, ChartSettingsChange, ChartSettingsPatch } from "@b24kit/client/contract";
import type { Ai } from "../../platform/ai/ai.ts";
import type { Database } from "../../platform/db/database.ts";
import type { Charts } from "./charts.ts";
import { changeSettings, selectChanges, selectSettings } from "./store/settings.ts";

export interface ChartSettingsAccess {
  read(portalId: number): Promise<ChartSettings>;
  /** Every change is noted with whoever made it. */
  change(portalId: number, who: string, change: ChartSettingsPatch): Promise<ChartSettings>;
  /** The latest first. */
  changes(portalId: number): Promise<ChartSettingsChange[]>;
}

/** What the model may see and spend, and whether generated SQL may run. */
export function chartSettings({
  db,
  ai,
  charts,
}: {
  db: Database;
  ai: Ai;
  charts: Charts;
}): ChartSettingsAccess {
  async function read(portalId: number): Promise<ChartSettings> {
    const [set, today, tokensPerDay, { lane }] = await Promise.all([
      selectSettings(db.pool, portalId),
      ai.today(portalId),
      ai.budget(portalId),
      charts.access(portalId),
    ]);
    return {
      ...{
        sharing: set.sharing,
        tokensPerDay,
        tokensToday: today.tokens,
        costToday: today.cost,
        model: ai.model,
      },
      sql: set.sql ? (lane.state === "on" ? "on" : "unsafe") : "off",
      sqlReason: lane.state === "on" ? null : lane.detail,
    };
  }
  return {
    read,
    async changes(portalId) {
      const rows = await selectChanges(db.pool, portalId);
      return rows.map(({ at, who, change: { sql, ...rest } }) => ({
        ...{ at: at.toISOString(), who, ...rest },
        ...(sql === undefined ? {} : { sql: sql ? ("on" as const) : ("off" as const) }),
      }));
    },
    async change(portalId, who, { sharing, tokensPerDay, sql }) {
      const change = {
        ...(sharing === undefined ? {} : { sharing }),
        ...(sql === undefined ? {} : { sql: sql === "on" }),
        ...(tokensPerDay === undefined ? {} : { tokensPerDay }),
      };
      await db.transaction((tx) => changeSettings(tx, portalId, who, change));
      if (tokensPerDay !== undefined) await ai.setBudget(portalId, tokensPerDay);
      return read(portalId);
    },
  };
}
