import type { QueryDefinition } from "../../../platform/queries/definition.ts";
import type { Queryable } from "../store/queryable.ts";
import { defineRecordList, joinCompany, joinStatus, joinUser, ofDeal } from "./records.ts";
import type { Shape } from "./source.ts";
import { type Output, output } from "./statement.ts";

const person: Shape = {
  id: "bigint",
  name: "text",
  second_name: "text",
  last_name: "text",
  post: "text",
  phone: "jsonb",
  email: "jsonb",
  source_id: "text",
  assigned_by_id: "bigint",
  company_id: "bigint",
  date_create: "timestamptz",
  date_modify: "timestamptz",
};

const fullName = "nullif(concat_ws(' ', d.name, d.second_name, d.last_name), '')";

/** The first of a record's phones, addresses or sites. */
const first = (column: string) => `d.${column} -> 0 ->> 'VALUE'`;

const ways: readonly Output[] = [
  output("phone", "Телефон", "Phone", "phone", first("phone")),
  output("email", "E-mail", "E-mail", "email", first("email")),
];

const lately: readonly Output[] = [
  output("created", "Создан", "Created", "datetime", "d.date_create"),
  output("modified", "Изменён", "Modified", "datetime", "d.date_modify"),
];

const source = output("source", "Источник", "Source", "status", "coalesce(source.name, d.source_id)");
const responsible = output("responsible", "Ответственный", "Responsible", "user", "u.full_name");

export function contacts(db: Queryable): QueryDefinition {
  return defineRecordList(db, {
    entity: "contact",
    title: { ru: "Контакты", en: "Contacts" },
    description: {
      ru: "Контакты портала с телефоном и почтой; новые сверху",
      en: "The portal's contacts with phone and e-mail; newest first",
    },
    shape: { ...person, type_id: "text" },
    outputs: [
      output("id", "ID", "ID", "id", "d.id"),
      output("name", "Имя", "Name", "text", fullName, { link: "/crm/contact/details/{id}/" }),
      ...ways,
      output("company", "Компания", "Company", "text", "company.title", {
        link: "/crm/company/details/{company_id}/",
      }),
      output("post", "Должность", "Position", "text", "d.post"),
      output("type", "Тип", "Type", "status", "coalesce(type.name, d.type_id)"),
      source,
      responsible,
      ...lately,
    ],
    last: [output("company_id", "ID компании", "Company ID", "id", "d.company_id")],
    joins: (sources) => [
      joinUser(sources),
      joinCompany(sources),
      joinStatus(sources, "type", "type_id", "'CONTACT_TYPE'"),
      joinStatus(sources, "source", "source_id", "'SOURCE'"),
    ],
    name: fullName,
    belongsTo: { deal: ofDeal("contact_id"), company: (id) => `d.company_id = ${id}` },
  });
}

export function leads(db: Queryable): QueryDefinition {
  return defineRecordList(db, {
    entity: "lead",
    title: { ru: "Лиды", en: "Leads" },
    description: { ru: "Лиды портала; новые сверху", en: "The portal's leads; newest first" },
    shape: {
      ...person,
      title: "text",
      status_id: "text",
      opportunity: "numeric",
      currency_id: "text",
      company_title: "text",
    },
    outputs: [
      output("id", "ID", "ID", "id", "d.id"),
      output("title", "Название", "Title", "text", "d.title", { link: "/crm/lead/details/{id}/" }),
      output("stage", "Стадия", "Stage", "stage", "coalesce(stage.name, d.status_id)"),
      output("name", "Имя", "Name", "text", fullName),
      ...ways,
      output(
        "company",
        "Компания",
        "Company",
        "text",
        "coalesce(company.title, nullif(d.company_title, ''))",
      ),
      output("amount", "Сумма", "Amount", "money", "d.opportunity", { unit: "{currency}" }),
      output("currency", "Валюта", "Currency", "status", "d.currency_id"),
      source,
      responsible,
      ...lately,
    ],
    last: [output("stage_id", "Код стадии", "Stage code", "stage", "d.status_id")],
    joins: (sources) => [
      joinUser(sources),
      joinCompany(sources),
      joinStatus(sources, "stage", "status_id", "'STATUS'"),
      joinStatus(sources, "source", "source_id", "'SOURCE'"),
    ],
    name: "d.title",
    stage: { column: "status_id", dictionaries: "STATUS" },
  });
}

export function companies(db: Queryable): QueryDefinition {
  const { id, phone, email, assigned_by_id, date_create, date_modify } = person as Record<string, string>;
  return defineRecordList(db, {
    entity: "company",
    title: { ru: "Компании", en: "Companies" },
    description: { ru: "Компании портала; новые сверху", en: "The portal's companies; newest first" },
    shape: {
      ...({ id, phone, email, assigned_by_id, date_create, date_modify } as Shape),
      title: "text",
      company_type: "text",
      industry: "text",
      employees: "text",
      revenue: "numeric",
      currency_id: "text",
      source_id: "text",
    },
    outputs: [
      output("id", "ID", "ID", "id", "d.id"),
      output("title", "Название", "Title", "text", "d.title", { link: "/crm/company/details/{id}/" }),
      output("type", "Тип", "Type", "status", "coalesce(type.name, d.company_type)"),
      output("industry", "Отрасль", "Industry", "status", "coalesce(industry.name, d.industry)"),
      output("employees", "Сотрудники", "Employees", "status", "coalesce(employees.name, d.employees)"),
      ...ways,
      output("revenue", "Годовой оборот", "Annual revenue", "money", "d.revenue", { unit: "{currency}" }),
      output("currency", "Валюта", "Currency", "status", "d.currency_id"),
      responsible,
      output("created", "Создана", "Created", "datetime", "d.date_create"),
      output("modified", "Изменена", "Modified", "datetime", "d.date_modify"),
    ],
    joins: (sources) => [
      joinUser(sources),
      joinStatus(sources, "type", "company_type", "'COMPANY_TYPE'"),
      joinStatus(sources, "industry", "industry", "'INDUSTRY'"),
      joinStatus(sources, "employees", "employees", "'EMPLOYEES'"),
    ],
    name: "d.title",
    belongsTo: { deal: ofDeal("company_id") },
  });
}
