import type { Catalogue } from "../fields/catalogue.ts";
import { type ItemCatalogue, itemCatalogue } from "../fields/item-catalogue.ts";
import { asFlag, asInteger } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Call } from "../rest/method.ts";
import { catalogueOf, tableOf } from "../store/crm.ts";
import type { Table } from "../store/table.ts";
import { type Collection, collectionOfType, entityTypeIdOf, type Row } from "../values.ts";

/** What a call of `crm.item.*` is about. */
export interface ItemTarget {
  collection: Collection;
  entityTypeId: number;
  catalogue: Catalogue;
  items: ItemCatalogue;
  table: Table;
  /** User fields go by their original names. */
  originalNames: boolean;
}

/** The kind of record that `entityTypeId` names. */
export function requireCollection({ portal, params }: Call): Collection {
  if (!params.has("entityTypeId")) {
    throw new RestError("100", "Could not find value for parameter {entityTypeId}");
  }
  const collection = collectionOfType(asInteger(params.get("entityTypeId")));
  if (collection && portal.crm.tables[collection]) return collection;
  throw new RestError("NOT_FOUND", "Смарт-процесс не найден");
}

export function requireTarget(call: Call): ItemTarget {
  const { portal, params } = call;
  const collection = requireCollection(call);
  const catalogue = catalogueOf(portal.crm, collection);
  return {
    collection,
    entityTypeId: entityTypeIdOf(collection),
    catalogue,
    items: itemCatalogue(collection, catalogue),
    table: tableOf(portal.crm, collection),
    originalNames: asFlag(params.get("useOriginalUfNames")),
  };
}

export function requireItem({ params }: Call, { table }: ItemTarget): Row {
  const row = table.get(asInteger(params.get("id")));
  if (!row) throw new RestError("NOT_FOUND", "Элемент не найден");
  return row;
}
