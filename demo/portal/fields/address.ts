import type { FieldSpec } from "./field.ts";

/** The eight columns of a CRM address. */
export function addressFields(prefix: string, title: string): FieldSpec[] {
  return [
    [prefix, "string", title],
    [`${prefix}_2`, "string", `${title} (стр. 2)`],
    [`${prefix}_CITY`, "string", "Город"],
    [`${prefix}_POSTAL_CODE`, "string", "Почтовый индекс"],
    [`${prefix}_REGION`, "string", "Район"],
    [`${prefix}_PROVINCE`, "string", "Область"],
    [`${prefix}_COUNTRY`, "string", "Страна"],
    [`${prefix}_COUNTRY_CODE`, "string", "Код страны"],
    [`${prefix}_LOC_ADDR_ID`, "integer", "Идентификатор адреса"],
  ];
}

export const UTM_FIELDS: FieldSpec[] = [
  ["UTM_SOURCE", "string", "Рекламная система"],
  ["UTM_MEDIUM", "string", "Тип трафика"],
  ["UTM_CAMPAIGN", "string", "Обозначение рекламной кампании"],
  ["UTM_CONTENT", "string", "Содержание кампании"],
  ["UTM_TERM", "string", "Условие поиска кампании"],
];

export const ACTIVITY_FIELDS: FieldSpec[] = [
  ["LAST_ACTIVITY_TIME", "datetime", "Последняя активность", "o"],
  ["LAST_ACTIVITY_BY", "user", "Кем была последняя активность", "o"],
];

export const CONTACT_POINTS: FieldSpec[] = [
  ["PHONE", "crm_multifield", "Телефон", "m"],
  ["EMAIL", "crm_multifield", "E-mail", "m"],
  ["WEB", "crm_multifield", "Сайт", "m"],
  ["IM", "crm_multifield", "Мессенджер", "m"],
  ["LINK", "crm_multifield", "Ссылка", "m"],
];

export const HAS_CONTACT_POINTS: FieldSpec[] = [
  ["HAS_PHONE", "char", "Задан телефон", "o"],
  ["HAS_EMAIL", "char", "Задан e-mail", "o"],
  ["HAS_IMOL", "char", "Задана открытая линия", "o"],
];
