import type { Field } from "../fields/field.ts";
import { isMap, type Value } from "../values.ts";
import { isBlank, isTrue } from "./comparison.ts";

const LINKS = new Set(["crm_lead", "crm_deal", "crm_contact", "crm_company", "crm_quote", "crm_entity"]);
const NUMBERS = new Set(["integer", "double", "user", "employee", "crm_category", "location"]);

/** A stored value with the type that `crm.item.*` gives it. */
export function itemValue(field: Field, stored: Value | undefined, origin: string): Value {
  if (!field.isMultiple) return itemScalar(field, stored ?? null, origin);
  const members = Array.isArray(stored) ? stored : [];
  return members.map((member) => itemScalar(field, member, origin));
}

function itemScalar(field: Field, value: Value, origin: string): Value {
  const { type, isDynamic } = field;
  if (NUMBERS.has(type) || LINKS.has(type)) return isBlank(value) ? null : Number(value);
  if (type === "enumeration") return isBlank(value) || Number(value) === 0 ? null : Number(value);
  if (type === "boolean") return isTrue(value) ? "Y" : "N";
  if (type === "date" || type === "datetime") return value === "" && !isDynamic ? null : value;
  if (type === "file") return itemFile(field, value, origin);
  return value;
}

/** Photos and logos are numbers; files of user fields have an address for people and one for applications. */
function itemFile(field: Field, value: Value, origin: string): Value {
  if (!isMap(value)) return null;
  const id = Number(value.id);
  if (!field.isDynamic) return id;
  const query = `fileId=${id}&fieldName=${field.name}`;
  return {
    id,
    url: `/bitrix/components/bitrix/crm.item.details/get_file.php?${query}`,
    urlMachine: `${origin}/rest/crm.controller.item.getFile/?${query}`,
  };
}
