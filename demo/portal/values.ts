/** A value as Bitrix24 shows it in JSON. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

/** One stored record, already in the shapes that the classic `crm.*.list` methods answer with. */
export type Row = Record<string, Value>;

export const ENTITIES = ["lead", "deal", "contact", "company"] as const;
export type Entity = (typeof ENTITIES)[number];

/** What has a table of its own: the four entities, and each smart process by its `entityTypeId`. */
export type Collection = Entity | `dynamic_${number}`;

export function isEntity(collection: Collection): collection is Entity {
  return ENTITIES.some((entity) => entity === collection);
}

/** Numbers by which Bitrix24 calls the four entities (`entityTypeId`). */
export const ENTITY_TYPE_ID: Record<Entity, number> = { lead: 1, deal: 2, contact: 3, company: 4 };

export function entityTypeIdOf(collection: Collection): number {
  return isEntity(collection) ? ENTITY_TYPE_ID[collection] : Number(collection.replace("dynamic_", ""));
}

/** The kind of record that an `entityTypeId` names; null for those that this portal does not keep. */
export function collectionOfType(entityTypeId: number): Collection | null {
  if (entityTypeId >= 128) return `dynamic_${entityTypeId}`;
  return ENTITIES.find((entity) => ENTITY_TYPE_ID[entity] === entityTypeId) ?? null;
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
