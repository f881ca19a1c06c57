import type { QueryDefinition } from "../../../platform/queries/definition.ts";
import type { QueryFamily } from "../../../platform/queries/registry.ts";
import type { Queryable } from "../store/queryable.ts";
import { counts } from "./counts.ts";
import { deals } from "./deals.ts";
import { CALLS, defineFieldList, PRODUCT_ROWS, smartItems, TASKS } from "./field-list.ts";
import { departments, users } from "./office.ts";
import { companies, contacts, leads } from "./people.ts";
import { quarantine } from "./quarantine.ts";
import { schemaChanges } from "./schema-changes.ts";
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
    ...counts(db),
    defineFieldList(db, TASKS),
    defineFieldList(db, CALLS),
    defineFieldList(db, PRODUCT_ROWS),
    users(db),
    departments(db),
    syncLog(),
    quarantine(),
    schemaChanges(),
  ];
}

/** Queries of which there are as many as a portal has things of a kind: found by name, listed nowhere. */
export function syncQueryFamilies(db: Queryable): QueryFamily[] {
  return [(name) => smartItems(db, name)];
}
