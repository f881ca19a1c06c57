import type { ChartSuggestion } from "@b24kit/client/contract";
import { planQuestion } from "../planner/plan-question.ts";
import { readStatistics } from "../suggest/statistics.ts";
import { bestOfAll, suggestPlans } from "../suggest/suggest-plans.ts";
import type { AskDeps } from "./ask-question.ts";

/** What a portal's own columns suggest, and plain questions answered by rules. */
export interface Keyless {
  readonly planner: AskDeps["planner"];
  /** Of one entity, or the best of all. */
  suggest(portalId: number, entity?: string): Promise<ChartSuggestion[]>;
}

/** What stands beside an answer may be as old as this; who asks for suggestions gets those of the data as it is. */
const FRESH_MS = 60_000;

interface Kept {
  readonly version: string;
  readonly until: number;
  readonly found: Promise<ChartSuggestion[]>;
}

export function keylessPlanner({
  db,
  charts,
  freshness,
  now,
}: Pick<AskDeps, "db" | "charts" | "freshness" | "now">): Keyless {
  const kept = new Map<string, Kept>();

  async function find(portalId: number, entity: string | undefined): Promise<ChartSuggestion[]> {
    const { catalogue, schema } = await charts.catalogue(portalId);
    const tables = catalogue.tables.filter(
      (table) => table.entity !== null && (entity === undefined || table.name === entity),
    );
    const found = await Promise.all(
      tables.map(async (table) =>
        suggestPlans(catalogue, table.name, await readStatistics(db.pool, schema, table)),
      ),
    );
    return bestOfAll(found.flat());
  }

  async function suggest(portalId: number, entity?: string): Promise<ChartSuggestion[]> {
    const key = `${portalId} ${entity ?? ""}`;
    const { version } = await freshness(portalId);
    const known = kept.get(key);
    if (known?.version === version) return known.found;
    const found = find(portalId, entity);
    kept.set(key, { version, until: now() + FRESH_MS, found });
    found.catch(() => kept.delete(key));
    return found;
  }

  return {
    suggest,
    async planner(question, { portalId, reader, context }) {
      const { catalogue } = await charts.catalogue(portalId);
      const known = kept.get(`${portalId} `);
      const suggestions = known && known.until > now() ? await known.found : await suggest(portalId);
      return planQuestion(question, { catalogue, reader, context, suggestions });
    },
  };
}
