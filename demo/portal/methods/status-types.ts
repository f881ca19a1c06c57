import type { Portal } from "../portal.ts";
import type { Row } from "../values.ts";

const PLAIN = [
  ["SOURCE", "Источники"],
  ["CONTACT_TYPE", "Тип контакта"],
  ["COMPANY_TYPE", "Тип компании"],
  ["EMPLOYEES", "Кол-во сотрудников"],
  ["INDUSTRY", "Сфера деятельности"],
  ["DEAL_TYPE", "Тип сделки"],
  ["HONORIFIC", "Обращения"],
] as const;

/** The kinds of reference books that the portal has now: the plain ones, and one of stages for each funnel. */
export function statusTypes(portal: Portal): Row[] {
  const lead = { ID: "STATUS", NAME: "Стадии лида", SEMANTIC_INFO: semantics("NEW", "CONVERTED", "JUNK") };
  const funnels = portal.crm.books.categories.rows.map(funnelType);
  return [{ ...lead, ENTITY_TYPE_ID: 1 }, ...PLAIN.map(([ID, NAME]) => ({ ID, NAME })), ...funnels];
}

function funnelType({ id = 0, name = "", entityTypeId = 2 }: Row): Row {
  const common = {
    ENTITY_TYPE_ID: entityTypeId,
    FIELD_ATTRIBUTE_SCOPE: id === 0 ? "" : `category_${String(id)}`,
  };
  if (entityTypeId !== 2) {
    const prefix = `DT${String(entityTypeId)}_${String(id)}`;
    const entity = {
      ID: `DYNAMIC_${String(entityTypeId)}_STAGE_${String(id)}`,
      NAME: `${String(name)}: стадии`,
    };
    return { ...entity, SEMANTIC_INFO: [], PREFIX: prefix, ...common, IS_ENABLED: true, CATEGORY_ID: id };
  }
  if (id === 0) {
    const info = semantics("NEW", "WON", "LOSE");
    return {
      ID: "DEAL_STAGE",
      NAME: `${String(name)}: стадии сделки`,
      SEMANTIC_INFO: info,
      ...common,
      CATEGORY_ID: 0,
    };
  }
  const prefix = `C${String(id)}`;
  return {
    ID: `DEAL_STAGE_${String(id)}`,
    NAME: `${String(name)}: стадии сделки`,
    PARENT_ID: "DEAL_STAGE",
    SEMANTIC_INFO: semantics(`${prefix}:NEW`, `${prefix}:WON`, `${prefix}:LOSE`),
    PREFIX: prefix,
    ...common,
    CATEGORY_ID: String(id),
  };
}

function semantics(START_FIELD: string, FINAL_SUCCESS_FIELD: string, FINAL_UNSUCCESS_FIELD: string) {
  return { START_FIELD, FINAL_SUCCESS_FIELD, FINAL_UNSUCCESS_FIELD, FINAL_SORT: 0 };
}
