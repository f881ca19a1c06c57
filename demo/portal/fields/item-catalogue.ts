import { type Collection, isEntity } from "../values.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Field } from "./field.ts";
import { camelName, upperNameOf } from "./item-names.ts";

/** One field as `crm.item.*` shows it. */
export interface ItemField {
  /** `createdTime` */
  name: string;
  /** `CREATED_TIME` */
  upperName: string;
  /** The column that holds it. */
  field: Field;
}

export interface ItemCatalogue {
  fields: readonly ItemField[];
  /** By camelCase name and by upper name; user fields by both of theirs. */
  byName: ReadonlyMap<string, ItemField>;
}

const known = new WeakMap<Catalogue, ItemCatalogue>();

/** The same fields as the classic methods have, under the names of the universal ones. */
export function itemCatalogue(collection: Collection, catalogue: Catalogue): ItemCatalogue {
  const made = known.get(catalogue) ?? makeCatalogue(collection, catalogue);
  known.set(catalogue, made);
  return made;
}

function makeCatalogue(collection: Collection, catalogue: Catalogue): ItemCatalogue {
  const fields = catalogue.fields
    .filter((field) => field.type !== "crm_multifield" && !isOldColumn(field.name))
    .map((field): ItemField => {
      const upperName = isLinkList(collection, field) ? "CONTACT_IDS" : upperNameOf(collection, field.name);
      return { name: camelName(upperName), upperName, field };
    });
  const byName = new Map<string, ItemField>();
  for (const item of fields) byName.set(item.name, item).set(item.upperName, item);
  return { fields, byName };
}

/** Address columns live in requisites; only the classic methods still show them. */
function isOldColumn(name: string): boolean {
  return /^(REG_)?ADDRESS(_|$)/.test(name) || name === "LAST_COMMUNICATION_TIME";
}

/** A company's contacts are called CONTACT_ID by its classic methods. */
function isLinkList(collection: Collection, field: Field): boolean {
  return isEntity(collection) && collection === "company" && field.name === "CONTACT_ID";
}

/** Fields that a type has lost: always null, and in no description. */
const DISABLED: Readonly<Record<string, readonly string[]>> = {
  lead: ["dateCreateShort", "dateModifyShort", "isConvert", "productId", "shortName", "address", "login"],
  deal: ["dateCreateShort", "dateModifyShort", "productId", "begindateShort", "closedateShort", "eventDate"]
    .concat(["eventDateShort", "eventId", "eventDescription", "orderStage", "isWork", "isWon", "isLose"])
    .concat(["receivedAmount", "lostAmount", "hasProducts"]),
  contact: ["shortName", "address", "login"],
  company: ["address"],
};

export function disabledFields(collection: Collection): readonly string[] {
  return DISABLED[collection] ?? [];
}
