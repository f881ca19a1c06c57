import { type Catalogue, entityCatalogue } from "../fields/catalogue.ts";
import { seedCurrencies, seedStatuses } from "../seed/dictionaries.ts";
import type { SeedPlan } from "../seed/plan.ts";
import { RECORD_FACTORIES } from "../seed/records.ts";
import { seedDepartments, seedUsers } from "../seed/users.ts";
import { CATEGORIES } from "../seed/words/stages.ts";
import { USER_FIELDS } from "../seed/words/user-fields.ts";
import { ENTITIES, type Entity, type Row } from "../values.ts";
import { Table } from "./table.ts";

/** Everything that one portal knows: records, reference books, people. */
export interface Crm {
  readonly plan: SeedPlan;
  readonly tables: Record<Entity, Table>;
  readonly catalogues: Record<Entity, Catalogue>;
  readonly statuses: Row[];
  readonly currencies: Row[];
  readonly categories: typeof CATEGORIES;
  readonly users: Row[];
  readonly departments: Row[];
}

export function seedCrm(plan: SeedPlan): Crm {
  const perEntity = <T>(make: (entity: Entity) => T) =>
    Object.fromEntries(ENTITIES.map((entity) => [entity, make(entity)])) as Record<Entity, T>;
  return {
    plan,
    tables: perEntity((entity) => {
      const { count, make } = RECORD_FACTORIES[entity];
      return new Table(plan.counts[count], (id) => make(plan, id));
    }),
    catalogues: perEntity((entity) => entityCatalogue(entity, USER_FIELDS)),
    statuses: seedStatuses(),
    currencies: seedCurrencies(plan.zone.datetime(plan.anchor)),
    categories: CATEGORIES,
    users: seedUsers(plan),
    departments: seedDepartments(plan),
  };
}
