import type { MirrorDescription } from "../deps.ts";
import { column, DATE, ID, TEXT, type ViewDefinition } from "./definition.ts";
import { joinCompany, joinStatus } from "./joins.ts";
import { recordView } from "./record-view.ts";
import { contactColumns, dictionaryColumns, peopleColumns, timeColumns } from "./shared-columns.ts";

const SHAPE = {
  name: "text",
  second_name: "text",
  last_name: "text",
  post: "text",
  birthdate: "date",
  type_id: "text",
  source_id: "text",
  company_id: "bigint",
  lead_id: "bigint",
  has_phone: "boolean",
  has_email: "boolean",
  address_city: "text",
};

export function contacts(mirror: MirrorDescription): ViewDefinition {
  const link = "/crm/contact/details/{id}/";
  return recordView(mirror, {
    name: "contacts",
    entity: "contact",
    label: { ru: "Контакты", en: "Contacts" },
    shape: SHAPE,
    columns: [
      column("id", "ID", ["ID", "ID"], ID, "d.id", { link }),
      column(
        "name",
        "NAME",
        ["Имя", "Name"],
        TEXT,
        "nullif(concat_ws(' ', d.name, d.second_name, d.last_name), '')",
        { link, pii: true },
      ),
      column("position", "POST", ["Должность", "Position"], TEXT, "nullif(d.post, '')"),
      column("birth_date", "BIRTHDATE", ["Дата рождения", "Birth date"], DATE, "d.birthdate", { pii: true }),
      column("company_id", "COMPANY_ID", ["ID компании", "Company ID"], ID, "d.company_id", {
        words: "company",
      }),
      column("company", "COMPANY_ID", ["Компания", "Company"], TEXT, "company.title", {
        codes: "company_id",
        link: "/crm/company/details/{company_id}/",
      }),
      column("lead_id", "LEAD_ID", ["ID лида", "Lead ID"], ID, "d.lead_id"),
      ...dictionaryColumns(mirror, "CONTACT_TYPE", "type", "TYPE_ID", ["Тип", "Type"]),
      ...dictionaryColumns(mirror, "SOURCE", "source", "SOURCE_ID", ["Источник", "Source"]),
      ...peopleColumns(mirror),
      ...timeColumns(),
      ...contactColumns(),
    ],
    from: [
      joinCompany(mirror, "d.company_id"),
      joinStatus(mirror, "type", "d.type_id", "'CONTACT_TYPE'"),
      joinStatus(mirror, "source", "d.source_id", "'SOURCE'"),
    ],
    refersTo: { company_id: "companies", lead_id: "leads" },
  });
}
