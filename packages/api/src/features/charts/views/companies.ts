import type { MirrorDescription } from "../deps.ts";
import { column, FLAG, ID, TEXT, type ViewDefinition } from "./definition.ts";
import { joinCurrency, joinStatus } from "./joins.ts";
import { moneyColumns } from "./money.ts";
import { recordView } from "./record-view.ts";
import { contactColumns, dictionaryColumns, peopleColumns, timeColumns } from "./shared-columns.ts";

const SHAPE = {
  title: "text",
  company_type: "text",
  industry: "text",
  employees: "text",
  revenue: "numeric",
  currency_id: "text",
  lead_id: "bigint",
  is_my_company: "boolean",
  has_phone: "boolean",
  has_email: "boolean",
  address_city: "text",
};

export function companies(mirror: MirrorDescription): ViewDefinition {
  const link = "/crm/company/details/{id}/";
  return recordView(mirror, {
    name: "companies",
    entity: "company",
    label: { ru: "Компании", en: "Companies" },
    shape: SHAPE,
    columns: [
      column("id", "ID", ["ID", "ID"], ID, "d.id", { link }),
      column("title", "TITLE", ["Название", "Title"], TEXT, "d.title", { link }),
      ...dictionaryColumns(mirror, "COMPANY_TYPE", "type", "COMPANY_TYPE", ["Тип", "Type"]),
      ...dictionaryColumns(mirror, "INDUSTRY", "industry", "INDUSTRY", ["Отрасль", "Industry"]),
      ...dictionaryColumns(mirror, "EMPLOYEES", "employees", "EMPLOYEES", ["Сотрудники", "Employees"]),
      ...moneyColumns(mirror, "revenue", "REVENUE", ["Годовой оборот", "Annual revenue"], "d.revenue"),
      column("lead_id", "LEAD_ID", ["ID лида", "Lead ID"], ID, "d.lead_id"),
      column("own", "IS_MY_COMPANY", ["Моя компания", "Own company"], FLAG, "d.is_my_company"),
      ...peopleColumns(mirror),
      ...timeColumns(),
      ...contactColumns(),
    ],
    from: [
      joinStatus(mirror, "type", "d.company_type", "'COMPANY_TYPE'"),
      joinStatus(mirror, "industry", "d.industry", "'INDUSTRY'"),
      joinStatus(mirror, "employees", "d.employees", "'EMPLOYEES'"),
      joinCurrency(mirror, "d.currency_id"),
    ],
    refersTo: { lead_id: "leads" },
  });
}
