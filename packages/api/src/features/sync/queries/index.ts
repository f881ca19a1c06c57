import type { QueryDefinition } from "../../../platform/queries/definition.ts";
import type { Queryable } from "../store/queryable.ts";
import { deals } from "./deals.ts";
import { companies, contacts, leads } from "./people.ts";
import { dealsByMonth, dealsBySource, dealsByStage } from "./summaries.ts";
import { syncLog } from "./sync-log.ts";

/** The queries that sync contributes. `db` is asked which columns this portal's mirror has. */
export function syncQueries(db: Queryable): QueryDefinition[] {
  return [
    deals(db),
    contacts(db),
    leads(db),
    companies(db),
    dealsByStage(db),
    dealsByMonth(db),
    dealsBySource(db),
    syncLog(),
  ];
}
