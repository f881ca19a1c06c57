import { type Collection, isEntity } from "../values.ts";

/** Columns that `crm.item.*` calls otherwise than the classic methods do. */
const COMMON: Readonly<Record<string, string>> = {
  DATE_CREATE: "CREATED_TIME",
  DATE_MODIFY: "UPDATED_TIME",
  CREATED_BY_ID: "CREATED_BY",
  MODIFY_BY_ID: "UPDATED_BY",
  MOVED_BY_ID: "MOVED_BY",
};
const LEAD: Readonly<Record<string, string>> = {
  STATUS_ID: "STAGE_ID",
  STATUS_SEMANTIC_ID: "STAGE_SEMANTIC_ID",
};

/** `DATE_CREATE` → `CREATED_TIME`: the `upperName` of a stored column. */
export function upperNameOf(collection: Collection, name: string): string {
  if (!isEntity(collection)) return name;
  if (collection === "lead" && LEAD[name]) return LEAD[name];
  if (collection === "company" && name === "COMPANY_TYPE") return "TYPE_ID";
  return COMMON[name] ?? name;
}

/** `ASSIGNED_BY_ID` → `assignedById`. In user fields a closing number keeps its underscore: `ufCrm5_1639`. */
export function camelName(upperName: string): string {
  const segments = upperName.toLowerCase().split("_");
  return segments
    .map((segment, i) => {
      if (i === 0) return segment;
      const last = i === segments.length - 1;
      if (upperName.startsWith("UF_") && last && /^\d/.test(segment)) return `_${segment}`;
      return segment.slice(0, 1).toUpperCase() + segment.slice(1);
    })
    .join("");
}
