import type { QueryDefinition } from "../../../platform/queries/definition.ts";
import type { Queryable } from "../store/queryable.ts";
import { defineRecordList, joinCompany, joinStatus, joinUser } from "./records.ts";
import { output } from "./statement.ts";

/** LIKE pattern of the ENTITY_IDs of all funnels' stages. */
export const DEAL_STAGES = "DEAL\\_STAGE%";

/** ENTITY_ID of the stages of a deal's funnel: the first funnel's has no number. */
export const dealStages = (category: string) =>
  `CASE WHEN coalesce(${category}, 0) = 0 THEN 'DEAL_STAGE' ELSE 'DEAL_STAGE_' || ${category} END`;

export function deals(db: Queryable): QueryDefinition {
  return defineRecordList(db, {
    entity: "deal",
    title: { ru: "Сделки", en: "Deals" },
    description: {
      ru: "Сделки портала: стадия, воронка, сумма, компания, ответственный; новые сверху",
      en: "The portal's deals: stage, funnel, amount, company, responsible; newest first",
    },
    shape: {
      id: "bigint",
      title: "text",
      stage_id: "text",
      category_id: "integer",
      opportunity: "numeric",
      currency_id: "text",
      company_id: "bigint",
      contact_id: "bigint",
      assigned_by_id: "bigint",
      source_id: "text",
      type_id: "text",
      probability: "bigint",
      begindate: "date",
      closedate: "date",
      closed: "boolean",
      date_create: "timestamptz",
      date_modify: "timestamptz",
    },
    outputs: [
      output("id", "ID", "ID", "id", "d.id"),
      output("title", "Название", "Title", "text", "d.title", { link: "/crm/deal/details/{id}/" }),
      output("stage", "Стадия", "Stage", "stage", "coalesce(stage.name, d.stage_id)"),
      output("funnel", "Воронка", "Funnel", "status", "funnel.name"),
      output("amount", "Сумма", "Amount", "money", "d.opportunity", { unit: "{currency}" }),
      output("currency", "Валюта", "Currency", "status", "d.currency_id"),
      output("company", "Компания", "Company", "text", "company.title", {
        link: "/crm/company/details/{company_id}/",
      }),
      output(
        "contact",
        "Контакт",
        "Contact",
        "text",
        "nullif(concat_ws(' ', contact.name, contact.last_name), '')",
        {
          link: "/crm/contact/details/{contact_id}/",
        },
      ),
      output("responsible", "Ответственный", "Responsible", "user", "u.full_name"),
      output("source", "Источник", "Source", "status", "coalesce(source.name, d.source_id)"),
      output("type", "Тип", "Type", "status", "coalesce(type.name, d.type_id)"),
      output("probability", "Вероятность", "Probability", "percent", "d.probability"),
      output("created", "Создана", "Created", "datetime", "d.date_create"),
      output("modified", "Изменена", "Modified", "datetime", "d.date_modify"),
      output("begin_date", "Дата начала", "Start date", "date", "d.begindate"),
      output("close_date", "Дата завершения", "Close date", "date", "d.closedate"),
      output("closed", "Закрыта", "Closed", "boolean", "d.closed"),
    ],
    last: [
      output("company_id", "ID компании", "Company ID", "id", "d.company_id"),
      output("contact_id", "ID контакта", "Contact ID", "id", "d.contact_id"),
      output("stage_id", "Код стадии", "Stage code", "stage", "d.stage_id"),
    ],
    joins: (sources) => [
      joinUser(sources),
      joinCompany(sources),
      `LEFT JOIN ${sources.from("contacts", { id: "bigint", name: "text", last_name: "text" }, "contact")} ON contact.id = d.contact_id`,
      joinStatus(sources, "stage", "stage_id", dealStages("d.category_id")),
      joinStatus(sources, "source", "source_id", "'SOURCE'"),
      joinStatus(sources, "type", "type_id", "'DEAL_TYPE'"),
      `LEFT JOIN ${sources.from("categories", { entity_type_id: "integer", id: "bigint", name: "text" }, "funnel")} ON funnel.entity_type_id = 2 AND funnel.id = d.category_id`,
    ],
    name: "d.title",
    stage: { column: "stage_id", dictionaries: DEAL_STAGES },
    funnel: "category_id",
    belongsTo: {
      company: (id) => `d.company_id = ${id}`,
      contact: (id) => `d.contact_id = ${id}`,
    },
  });
}
