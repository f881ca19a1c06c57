import { alignMirror } from "../../packages/api/src/features/sync/align-mirror.ts";
import { planColumns } from "../../packages/api/src/features/sync/columns.ts";
import { isFixed, recordsOf } from "../../packages/api/src/features/sync/entities.ts";
import type { PortalField } from "../../packages/api/src/features/sync/fields.ts";
import { describeMirror } from "../../packages/api/src/features/sync/mirror.ts";
import { saveFields } from "../../packages/api/src/features/sync/store/fields.ts";
import type { Database } from "../../packages/api/src/platform/db/database.ts";
import type { CrmEntity } from "../mirror-equals.ts";
import { seedDictionaries } from "./seeded-dictionaries.ts";
import { seedMore } from "./seeded-more.ts";
import { type Row, seedRecords } from "./seeded-records.ts";

/** The moment at which the questions are asked, and where. */
export const NOW = new Date("2026-06-15T12:00:00+03:00");
export const ZONE = "Europe/Moscow";

const SHARED = {
  ID: "integer",
  ASSIGNED_BY_ID: "user",
  CREATED_BY_ID: "user",
  DATE_CREATE: "datetime",
  DATE_MODIFY: "datetime",
  SOURCE_ID: "crm_status",
};
const MONEY = { OPPORTUNITY: "double", CURRENCY_ID: "crm_currency" };

const FIELDS: Readonly<Record<CrmEntity, Readonly<Record<string, string>>>> = {
  company: {
    ...SHARED,
    TITLE: "string",
    COMPANY_TYPE: "crm_status",
    INDUSTRY: "crm_status",
    REVENUE: "double",
    CURRENCY_ID: "crm_currency",
  },
  contact: {
    ...SHARED,
    NAME: "string",
    LAST_NAME: "string",
    COMPANY_ID: "crm_company",
    TYPE_ID: "crm_status",
  },
  lead: { ...SHARED, ...MONEY, TITLE: "string", STATUS_ID: "crm_status", STATUS_SEMANTIC_ID: "string" },
  deal: {
    ...SHARED,
    ...MONEY,
    ...{ TITLE: "string", STAGE_ID: "crm_status", STAGE_SEMANTIC_ID: "string", CATEGORY_ID: "crm_category" },
    ...{ COMPANY_ID: "crm_company", CONTACT_ID: "crm_contact", LEAD_ID: "crm_lead", TYPE_ID: "crm_status" },
    ...{ PROBABILITY: "integer", BEGINDATE: "date", CLOSEDATE: "date", CLOSED: "char" },
    ...{ UF_CRM_HOUSE: "string", UF_CRM_ROOMS: "integer", UF_CRM_AREA: "double" },
  },
};

const LABELS: Readonly<Record<string, string>> = {
  UF_CRM_HOUSE: "Номер дома",
  UF_CRM_ROOMS: "Комнат",
  UF_CRM_AREA: "Площадь дома",
};

/**
 * The mirror of a registered portal as a full sync would leave it, from a seed: 40 companies, 300 contacts, 600 leads,
 * 1,200 deals, 6 managers, 2 funnels, 8 sources, two currencies, missing values, and a deleted deal.
 */
export async function seedMirror(
  db: Database,
  portalId: number,
  { schema = "crm", more = false, alter }: SeedOptions = {},
): Promise<void> {
  const records = seedRecords();
  for (const entity of ["company", "contact", "lead", "deal"] as const) {
    await seedEntity(db, portalId, schema, entity, fieldsOf(entity), records[entity]);
  }
  if (more) {
    for (const [entity, rows] of Object.entries(seedMore(records))) {
      const { fields } = recordsOf(entity);
      if (isFixed(fields)) await seedEntity(db, portalId, schema, entity, fields, rows);
    }
  }
  await seedDictionaries(db, schema);
  await alter?.(db);
}

export interface SeedOptions {
  readonly schema?: string;
  /** With tasks, calls, products of deals and ways from stage to stage, which not every portal has. */
  readonly more?: boolean;
  /** What becomes of the rows before anybody reads them. */
  readonly alter?: (db: Database) => Promise<void>;
}

async function seedEntity(
  db: Database,
  portalId: number,
  schema: string,
  entity: string,
  fields: readonly PortalField[],
  rows: readonly Row[],
): Promise<void> {
  const descriptor = recordsOf(entity);
  const plans = planColumns(fields, descriptor.list.rowId);
  const mirror = describeMirror(schema, descriptor, plans);
  await alignMirror(db, mirror);
  await saveFields(db.pool, portalId, entity, plans, [], new Map());
  const columns = plans.flatMap((plan) => plan.columns);
  const list = columns.map(({ name }) => name).join(", ");
  await db.pool.query(
    `INSERT INTO ${mirror.table} (${list}, _hash, _read_at, _deleted_at)
     SELECT ${list}, gen_random_uuid(), $2, _deleted_at
     FROM jsonb_to_recordset($1::jsonb) AS r(${columns.map(({ name, type }) => `${name} ${type}`).join(", ")}, _deleted_at timestamptz)`,
    [JSON.stringify(rows), NOW],
  );
  await db.pool.query(`ANALYZE ${mirror.table}`);
  await db.pool.query(
    `INSERT INTO b24kit.sync_state (portal_id, entity, rows, last_full_at, last_completed_at) VALUES ($1, $2, $3, $4, $4)
     ON CONFLICT (portal_id, entity) DO UPDATE SET rows = excluded.rows`,
    [portalId, entity, rows.length, NOW],
  );
}

function fieldsOf(entity: CrmEntity): PortalField[] {
  return Object.entries(FIELDS[entity]).map(([name, type]) => ({
    name,
    type,
    multiple: false,
    custom: name.startsWith("UF_"),
    label: LABELS[name] ?? name,
    statusType: null,
    items: [],
  }));
}
