import { type Catalogue, recordCatalogue } from "../fields/catalogue.ts";
import { entityIdOf, userFieldOf } from "../fields/user-field-row.ts";
import { seedCalls } from "../seed/calls.ts";
import { seedCurrencies } from "../seed/dictionaries.ts";
import type { SeedPlan } from "../seed/plan.ts";
import { seedProducts } from "../seed/products.ts";
import { RECORD_FACTORIES } from "../seed/records.ts";
import { makeSmartItem } from "../seed/smart-items.ts";
import { SMART_COLLECTION, SMART_ITEMS, smartType } from "../seed/smart-process.ts";
import { type Collection, ENTITIES, type Entity, type Row } from "../values.ts";
import { type Books, seedBooks } from "./books.ts";
import { CompanyContacts } from "./company-contacts.ts";
import { StageHistory } from "./stage-history.ts";
import { Table } from "./table.ts";

interface DealCategory {
  id: number;
  name: string;
  sort: number;
}

type Smart = `dynamic_${number}`;

/** Everything that one portal knows: records, reference books, people. */
export interface Crm {
  readonly plan: SeedPlan;
  readonly tables: Readonly<Record<Entity, Table>> & Partial<Readonly<Record<Smart, Table>>>;
  /** Made anew when a user field comes or goes. */
  readonly catalogues: Record<Entity, Catalogue> & Partial<Record<Smart, Catalogue>>;
  readonly books: Books;
  readonly history: StageHistory;
  readonly companyContacts: CompanyContacts;
  /** Smart processes, as `crm.type.list` shows them. */
  readonly types: readonly Row[];
  readonly statuses: readonly Row[];
  readonly currencies: readonly Row[];
  readonly products: readonly Row[];
  /** The log of telephone calls. */
  readonly calls: readonly Row[];
  /** Funnels of deals. */
  readonly categories: readonly DealCategory[];
  readonly users: readonly Row[];
  readonly departments: readonly Row[];
}

export function seedCrm(plan: SeedPlan): Crm {
  const books = seedBooks(plan);
  const anchored = plan.zone.datetime(plan.anchor);
  const perEntity = <T>(make: (entity: Entity) => T) =>
    Object.fromEntries(ENTITIES.map((entity) => [entity, make(entity)])) as Record<Entity, T>;
  const tables = perEntity((entity) => {
    const { count, make } = RECORD_FACTORIES[entity];
    return new Table(plan.counts[count], (id) => make(plan, id));
  });
  const smart = new Table(SMART_ITEMS, (id) => makeSmartItem(plan, id));
  return {
    plan,
    tables: { ...tables, [SMART_COLLECTION]: smart },
    catalogues: {
      ...perEntity((entity) => presentCatalogue(books, entity)),
      [SMART_COLLECTION]: presentCatalogue(books, SMART_COLLECTION),
    },
    books,
    history: new StageHistory(plan),
    companyContacts: new CompanyContacts(plan),
    types: [smartType(anchored)],
    statuses: books.statuses.rows,
    currencies: seedCurrencies(anchored),
    products: seedProducts(plan.seed, anchored),
    calls: seedCalls(plan),
    get categories() {
      return books.categories.rows.filter((row) => row.entityTypeId === 2) as unknown as DealCategory[];
    },
    users: books.users.rows,
    departments: books.departments.rows,
  };
}

/** The fields of a kind of record, with the user fields that it has now. */
export function presentCatalogue(books: Books, collection: Collection): Catalogue {
  const entityId = entityIdOf(collection);
  const rows = books.userFields.rows.filter((row) => row.ENTITY_ID === entityId);
  return recordCatalogue(
    collection,
    rows.map((row) => userFieldOf(row, collection)),
  );
}

export function tableOf(crm: Crm, collection: Collection): Table {
  const table = crm.tables[collection];
  if (!table) throw new Error(`The portal has no table ${collection}`);
  return table;
}

export function catalogueOf(crm: Crm, collection: Collection): Catalogue {
  const catalogue = crm.catalogues[collection];
  if (!catalogue) throw new Error(`The portal has no fields of ${collection}`);
  return catalogue;
}
