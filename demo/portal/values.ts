/** A value as Bitrix24 shows it in JSON. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

/** One stored record, already in the shapes that the classic `crm.*.list` methods answer with. */
export type Row = Record<string, Value>;

export const ENTITIES = ["lead", "deal", "contact", "company"] as const;
export type Entity = (typeof ENTITIES)[number];

/** Numbers by which Bitrix24 calls the four entities (`entityTypeId`). */
export const ENTITY_TYPE_ID: Record<Entity, number> = { lead: 1, deal: 2, contact: 3, company: 4 };

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
