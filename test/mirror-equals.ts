import assert from "node:assert/strict";
import type { RunningPortal } from "../demo/portal/index.ts";
import type { Database } from "../packages/api/src/platform/db/database.ts";

/** The entities of the CRM that every portal has, of which the portal tells a checksum. */
export const CRM_ENTITIES = ["deal", "contact", "lead", "company"] as const;
export type CrmEntity = (typeof CRM_ENTITIES)[number];

const TABLES: Record<CrmEntity, string> = {
  deal: "deals",
  contact: "contacts",
  lead: "leads",
  company: "companies",
};

interface Field {
  type: string;
  isMultiple: boolean;
}

/**
 * Compares every record and every value of the portal with the mirror, by rules written down a second time here: what
 * the mirror's own decoder believes is not asked. Returns the number of values compared.
 */
export async function assertMirrorEquals(
  db: Database,
  portal: RunningPortal,
  entity: CrmEntity,
  schema = "crm",
): Promise<number> {
  const fields = await readFields(portal, entity);
  const records = portal.control.records({ entity, limit: 100_000 });
  const { rows } = await db.pool.query<{ row: Record<string, unknown> }>(
    `SELECT to_jsonb(t) AS row FROM ${schema}.${TABLES[entity]} t WHERE _deleted_at IS NULL ORDER BY id`,
  );
  assert.deepEqual(
    rows.map(({ row }) => String(row["id"])),
    records.map((record) => String(record["ID"])),
    `ids of ${TABLES[entity]}`,
  );
  let compared = 0;
  for (const [at, record] of records.entries()) {
    const row = rows[at]!.row;
    for (const [name, field] of Object.entries(fields)) {
      if (!(name in record) && !(name.toLowerCase() in row)) continue;
      const kept = fromMirror(field, row, name.toLowerCase());
      const sent = fromPortal(field, record[name]);
      if (JSON.stringify(kept) !== JSON.stringify(sent)) {
        assert.fail(
          `${entity} ${record["ID"]} ${name} (${field.type}): portal ${JSON.stringify(record[name])}, mirror ${JSON.stringify(row[name.toLowerCase()])}`,
        );
      }
      compared += 1;
    }
  }
  return compared;
}

async function readFields(portal: RunningPortal, entity: CrmEntity): Promise<Record<string, Field>> {
  const answer = await fetch(`${portal.webhookUrl}crm.${entity}.fields`);
  const { result } = (await answer.json()) as { result: Record<string, Field> };
  return result;
}

const isNothing = (value: unknown) =>
  value === undefined || value === null || value === "" || value === false;
const links = [
  "crm_company",
  "crm_contact",
  "crm_lead",
  "crm_deal",
  "crm_quote",
  "crm_entity",
  "enumeration",
];

/** A value of the portal in the form in which both sides are compared. */
function fromPortal(field: Field, value: unknown): unknown {
  if (field.type === "crm_multifield")
    return isNothing(value) || (value as unknown[]).length === 0 ? null : sortKeys(value);
  if (field.isMultiple) {
    const values = isNothing(value) ? [] : (value as unknown[]);
    const list = values
      .map((item) => fromPortal({ ...field, isMultiple: false }, item))
      .filter((item) => item !== null);
    return list.length === 0 ? null : list;
  }
  if (value === undefined || value === null) return null;
  if (["string", "text", "url"].includes(field.type) || field.type.startsWith("rest_")) return String(value);
  if (["char", "boolean"].includes(field.type))
    return value === "" ? null : ["Y", "1", 1, true].includes(value as string);
  if (isNothing(value) || (links.includes(field.type) && Number(value) === 0)) return null;
  if (field.type === "double") return Number(value);
  if (field.type === "money") return toMoney(String(value));
  if (field.type === "date") return toDay(String(value));
  if (field.type === "datetime") return Date.parse(String(value));
  if (field.type === "address") {
    const [text, place = "", id = ""] = String(value).split("|");
    return place === "" ? text : [text, ...place.split(";").map(Number), ...(id === "" ? [] : [Number(id)])];
  }
  if (field.type === "file") return String((value as { id: number }).id ?? value);
  return String(value);
}

/** A value of the mirror in the same form. */
function fromMirror(field: Field, row: Record<string, unknown>, column: string): unknown {
  const value = row[column];
  if (value === undefined || value === null) return null;
  if (field.type === "crm_multifield") return sortKeys(value);
  if (field.isMultiple) {
    return (value as unknown[]).map((item) => fromMirror({ ...field, isMultiple: false }, { item }, "item"));
  }
  if (["char", "boolean"].includes(field.type)) return value;
  if (field.type === "double") return Number(value);
  if (field.type === "datetime") return Date.parse(String(value));
  if (field.type === "file") return String((value as { id: unknown }).id);
  if (field.type === "money") {
    return toMoney(row[`${column}_currency`] ? `${value}|${row[`${column}_currency`]}` : String(value));
  }
  if (field.type === "address" && row[`${column}_place`]) {
    const { lat, lng, id } = row[`${column}_place`] as { lat?: number; lng?: number; id?: number };
    return [value, lat, lng, id].filter((part) => part !== undefined);
  }
  return String(value);
}

/** A portal prints the UTC midnight of the day in its own time: west of Greenwich that text begins with the day before. */
function toDay(text: string): string {
  return text.includes("T") ? new Date(Date.parse(text)).toISOString().slice(0, 10) : text;
}

/** `12.50|USD` and `12.5|USD` are the same money. */
function toMoney(text: string): string {
  const [amount, ...currency] = text.split("|");
  return [String(Number(amount)), ...currency].join("|");
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sortKeys(member)]),
  );
}
