import { asText } from "../../php.ts";
import type { Entity, Row } from "../../values.ts";
import { personName } from "../people.ts";

export interface Column {
  /** The field that it shows and is sorted by. */
  field: string;
  title: string;
  shape: "title" | "stage" | "client" | "sum" | "person" | "date" | "plain";
}

export interface FieldGroup {
  title: string;
  fields: readonly string[];
}

/** How one of the four entities is called and shown. */
export interface Section {
  entity: Entity;
  /** `DEAL` in the names of placements. */
  code: string;
  many: string;
  one: string;
  /** 1, 2 to 4, 5 and more. */
  forms: readonly [string, string, string];
  /** What the list is empty of. */
  none: string;
  create: string;
  remove: string;
  stageField: "STAGE_ID" | "STATUS_ID" | null;
  titleOf(row: Row): string;
  columns: readonly Column[];
  groups: readonly FieldGroup[];
  /** Fields of the form in which a person writes. */
  form: readonly string[];
}

const COMMON: readonly Column[] = [
  { field: "ASSIGNED_BY_ID", title: "Ответственный", shape: "person" },
  { field: "DATE_CREATE", title: "Создано", shape: "date" },
];
const TRACE = [
  "ID",
  "CREATED_BY_ID",
  "DATE_CREATE",
  "MODIFY_BY_ID",
  "DATE_MODIFY",
  "MOVED_BY_ID",
  "MOVED_TIME",
];
const UTM = ["UTM_SOURCE", "UTM_MEDIUM", "UTM_CAMPAIGN", "UTM_CONTENT", "UTM_TERM"];
const POINTS = ["PHONE", "EMAIL", "WEB", "IM", "LINK"];
const titled = (what: string) => (row: Row) => asText(row.TITLE) || `${what} № ${row.ID}`;

const DEAL: Section = {
  entity: "deal",
  code: "DEAL",
  many: "Сделки",
  one: "Сделка",
  forms: ["сделка", "сделки", "сделок"],
  none: "сделок",
  create: "Новая сделка",
  remove: "Удалить сделку",
  stageField: "STAGE_ID",
  titleOf: titled("Сделка"),
  columns: [
    { field: "TITLE", title: "Сделка", shape: "title" },
    { field: "STAGE_ID", title: "Стадия", shape: "stage" },
    { field: "COMPANY_ID", title: "Клиент", shape: "client" },
    { field: "OPPORTUNITY", title: "Сумма", shape: "sum" },
    ...COMMON,
  ],
  groups: [
    { title: "О сделке", fields: ["OPPORTUNITY", "CLOSEDATE", "COMPANY_ID", "CONTACT_ID", "ASSIGNED_BY_ID"] },
    {
      title: "Дополнительно",
      fields: [
        ...[
          "CATEGORY_ID",
          "TYPE_ID",
          "SOURCE_ID",
          "SOURCE_DESCRIPTION",
          "LEAD_ID",
          "BEGINDATE",
          "PROBABILITY",
        ],
        ...["TAX_VALUE", "OPENED", "IS_RETURN_CUSTOMER", "COMMENTS", "ADDITIONAL_INFO"],
      ],
    },
    { title: "Источник рекламы", fields: UTM },
    { title: "Служебные данные", fields: TRACE },
  ],
  form: [
    "TITLE",
    "OPPORTUNITY",
    "CURRENCY_ID",
    "STAGE_ID",
    "COMPANY_ID",
    "CONTACT_ID",
    "ASSIGNED_BY_ID",
    "COMMENTS",
  ],
};

const LEAD: Section = {
  entity: "lead",
  code: "LEAD",
  many: "Лиды",
  one: "Лид",
  forms: ["лид", "лида", "лидов"],
  none: "лидов",
  create: "Новый лид",
  remove: "Удалить лид",
  stageField: "STATUS_ID",
  titleOf: titled("Лид"),
  columns: [
    { field: "TITLE", title: "Лид", shape: "title" },
    { field: "STATUS_ID", title: "Стадия", shape: "stage" },
    { field: "PHONE", title: "Телефон", shape: "plain" },
    { field: "OPPORTUNITY", title: "Сумма", shape: "sum" },
    ...COMMON,
  ],
  groups: [
    { title: "О лиде", fields: ["OPPORTUNITY", "SOURCE_ID", "ASSIGNED_BY_ID", "STATUS_DESCRIPTION"] },
    {
      title: "Контактные данные",
      fields: [
        ...["LAST_NAME", "NAME", "SECOND_NAME", "BIRTHDATE", "POST", "COMPANY_TITLE"],
        ...POINTS,
        "ADDRESS",
      ],
    },
    {
      title: "Дополнительно",
      fields: ["COMPANY_ID", "CONTACT_ID", "SOURCE_DESCRIPTION", "OPENED", "COMMENTS"],
    },
    { title: "Источник рекламы", fields: UTM },
    { title: "Служебные данные", fields: [...TRACE, "DATE_CLOSED"] },
  ],
  form: [
    "TITLE",
    "STATUS_ID",
    "LAST_NAME",
    "NAME",
    "PHONE",
    "EMAIL",
    "OPPORTUNITY",
    "ASSIGNED_BY_ID",
    "COMMENTS",
  ],
};

const CONTACT: Section = {
  entity: "contact",
  code: "CONTACT",
  many: "Контакты",
  one: "Контакт",
  forms: ["контакт", "контакта", "контактов"],
  none: "контактов",
  create: "Новый контакт",
  remove: "Удалить контакт",
  stageField: null,
  titleOf: personName,
  columns: [
    { field: "LAST_NAME", title: "Контакт", shape: "title" },
    { field: "COMPANY_ID", title: "Компания", shape: "plain" },
    { field: "PHONE", title: "Телефон", shape: "plain" },
    { field: "EMAIL", title: "E-mail", shape: "plain" },
    ...COMMON,
  ],
  groups: [
    {
      title: "О контакте",
      fields: [
        ...["HONORIFIC", "LAST_NAME", "NAME", "SECOND_NAME", "BIRTHDATE", "POST", "COMPANY_ID"],
        ...POINTS,
      ],
    },
    {
      title: "Дополнительно",
      fields: [
        "TYPE_ID",
        "SOURCE_ID",
        "SOURCE_DESCRIPTION",
        "ADDRESS",
        "ASSIGNED_BY_ID",
        "OPENED",
        "COMMENTS",
      ],
    },
    { title: "Источник рекламы", fields: UTM },
    { title: "Служебные данные", fields: TRACE },
  ],
  form: [
    "LAST_NAME",
    "NAME",
    "SECOND_NAME",
    "PHONE",
    "EMAIL",
    "POST",
    "COMPANY_ID",
    "ASSIGNED_BY_ID",
    "COMMENTS",
  ],
};

const COMPANY: Section = {
  entity: "company",
  code: "COMPANY",
  many: "Компании",
  one: "Компания",
  forms: ["компания", "компании", "компаний"],
  none: "компаний",
  create: "Новая компания",
  remove: "Удалить компанию",
  stageField: null,
  titleOf: titled("Компания"),
  columns: [
    { field: "TITLE", title: "Компания", shape: "title" },
    { field: "COMPANY_TYPE", title: "Тип", shape: "plain" },
    { field: "PHONE", title: "Телефон", shape: "plain" },
    { field: "EMAIL", title: "E-mail", shape: "plain" },
    ...COMMON,
  ],
  groups: [
    {
      title: "О компании",
      fields: ["COMPANY_TYPE", "INDUSTRY", "EMPLOYEES", "REVENUE", "ASSIGNED_BY_ID", ...POINTS],
    },
    {
      title: "Адрес и реквизиты",
      fields: ["ADDRESS", "ADDRESS_CITY", "ADDRESS_LEGAL", "BANKING_DETAILS", "OPENED", "COMMENTS"],
    },
    { title: "Источник рекламы", fields: UTM },
    { title: "Служебные данные", fields: TRACE },
  ],
  form: ["TITLE", "COMPANY_TYPE", "INDUSTRY", "PHONE", "EMAIL", "ASSIGNED_BY_ID", "COMMENTS"],
};

export const SECTIONS: Readonly<Record<Entity, Section>> = {
  deal: DEAL,
  lead: LEAD,
  contact: CONTACT,
  company: COMPANY,
};

export function listPath(entity: Entity): string {
  return `/crm/${entity}/list/`;
}

export function cardPath(entity: Entity, id: unknown): string {
  return `/crm/${entity}/details/${id}/`;
}
