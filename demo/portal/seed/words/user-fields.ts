import type { UserField } from "../../fields/user-field.ts";
import type { Entity, Value } from "../../values.ts";

const choices = (first: number, ...names: string[]) =>
  names.map((VALUE, i) => ({ ID: String(first + i), VALUE }));

export const PRIORITIES = choices(45, "Низкий", "Обычный", "Высокий", "Критический");
export const SERVICES = choices(
  61,
  "Уборка подъездов",
  "Вывоз мусора",
  "Ремонт",
  "Озеленение",
  "Дезинфекция",
  "Мойка окон",
);
export const SCHEDULES = choices(79, "Ежедневно", "Пн, Ср, Пт", "Вт, Чт", "Раз в неделю", "Два раза в месяц");
export const MESSENGERS = choices(101, "Telegram", "WhatsApp", "VK", "Не указан");
export const TAX_SYSTEMS = choices(121, "ОСНО", "УСН 6%", "УСН 15%", "АУСН", "Патент");
export const OBJECT_TYPES = choices(141, "Жилой дом", "Офис", "Склад", "Торговый центр");

type Extra = Partial<Pick<UserField, "multiple" | "settings" | "items">>;
const text = {
  SIZE: 20,
  ROWS: 1,
  REGEXP: "",
  MIN_LENGTH: 0,
  MAX_LENGTH: 0,
  DEFAULT_VALUE: "",
} satisfies Value;

function field(entity: Entity, name: string, type: string, label: string, extra: Extra = {}): UserField {
  return { entity, name, type, label, multiple: false, settings: type === "string" ? text : [], ...extra };
}

const list = (items: UserField["items"], multiple = false): Extra => ({
  multiple,
  settings: { DISPLAY: "LIST", LIST_HEIGHT: 1, CAPTION_NO_VALUE: "", SHOW_NO_VALUE: "Y" },
  ...(items ? { items } : {}),
});

/** User fields of every type on deals, some on the others. */
export const USER_FIELDS: readonly UserField[] = [
  field("deal", "UF_CRM_CONTRACT_NUMBER", "string", "Номер договора"),
  field("deal", "UF_CRM_HOUSE_ADDRESS", "address", "Адрес дома", { settings: { SHOW_MAP: "Y" } }),
  field("deal", "UF_CRM_ENTRANCES", "integer", "Подъездов"),
  field("deal", "UF_CRM_FLOORS", "integer", "Этажей"),
  field("deal", "UF_CRM_APARTMENTS", "integer", "Квартир"),
  field("deal", "UF_CRM_AREA", "double", "Площадь, м²", { settings: { PRECISION: 1, SIZE: 20 } }),
  field("deal", "UF_CRM_CLEANING_SCHEDULE", "enumeration", "График уборки", list(SCHEDULES)),
  field("deal", "UF_CRM_1721244482250", "enumeration", "Приоритет", list(PRIORITIES)),
  field("deal", "UF_CRM_SERVICES", "enumeration", "Услуги", list(SERVICES, true)),
  field("deal", "UF_CRM_VIP", "boolean", "Важный клиент", {
    settings: { DEFAULT_VALUE: 0, DISPLAY: "CHECKBOX" },
  }),
  field("deal", "UF_CRM_INSPECTION_AT", "datetime", "Дата и время осмотра"),
  field("deal", "UF_CRM_CONTRACT_UNTIL", "date", "Договор действует до"),
  field("deal", "UF_CRM_PREPAYMENT", "money", "Предоплата", { settings: { DEFAULT_VALUE: "" } }),
  field("deal", "UF_CRM_SITE", "url", "Страница объекта", { settings: { POPUP: "Y" } }),
  field("deal", "UF_CRM_CONTRACT_FILE", "file", "Файл договора"),
  field("deal", "UF_CRM_PHOTOS", "file", "Фотографии объекта", { multiple: true }),
  field("deal", "UF_CRM_FOREMAN", "employee", "Бригадир"),
  field("deal", "UF_CRM_CHANNEL", "crm_status", "Канал привлечения", { settings: { ENTITY_TYPE: "SOURCE" } }),
  field("deal", "UF_CRM_WAREHOUSE", "iblock_section", "Склад", {
    settings: { IBLOCK_TYPE_ID: "lists", IBLOCK_ID: 17 },
  }),
  field("deal", "UF_CRM_EQUIPMENT", "iblock_element", "Оборудование", {
    multiple: true,
    settings: { IBLOCK_TYPE_ID: "lists", IBLOCK_ID: 18 },
  }),
  field("deal", "UF_CRM_RELATED", "crm", "Связанные объекты", {
    multiple: true,
    settings: { LEAD: "N", CONTACT: "Y", COMPANY: "Y", DEAL: "Y" },
  }),
  field("deal", "UF_CRM_PAYER", "crm", "Плательщик", {
    settings: { LEAD: "N", CONTACT: "N", COMPANY: "Y", DEAL: "N" },
  }),
  field("deal", "UF_CRM_TAGS", "string", "Метки", { multiple: true }),
  field("deal", "UF_CRM_VISIT_DATES", "date", "Даты выездов", { multiple: true }),
  field("deal", "UF_CRM_BOOKING", "resourcebooking", "Бронирование бригады", { multiple: true }),
  field("deal", "UF_CRM_RATING", "rest_4_rating", "Оценка клиента"),
  field("contact", "UF_CRM_LOYALTY", "integer", "Баллы лояльности"),
  field("contact", "UF_CRM_MESSENGER", "enumeration", "Предпочитаемый мессенджер", list(MESSENGERS)),
  field("contact", "UF_CRM_CONSENT", "boolean", "Согласие на рассылку"),
  field("contact", "UF_CRM_LAST_MEETING", "datetime", "Последняя встреча"),
  field("contact", "UF_CRM_INTERESTS", "string", "Интересы", { multiple: true }),
  field("company", "UF_CRM_INN", "string", "ИНН"),
  field("company", "UF_CRM_KPP", "string", "КПП"),
  field("company", "UF_CRM_OGRN", "string", "ОГРН"),
  field("company", "UF_CRM_TAX_SYSTEM", "enumeration", "Система налогообложения", list(TAX_SYSTEMS)),
  field("company", "UF_CRM_REGISTERED", "date", "Дата регистрации"),
  field("company", "UF_CRM_DEBT", "money", "Задолженность"),
  field("company", "UF_CRM_CURATOR", "employee", "Куратор"),
  field("lead", "UF_CRM_OBJECT_TYPE", "enumeration", "Тип объекта", list(OBJECT_TYPES)),
  field("lead", "UF_CRM_BUDGET", "money", "Бюджет"),
  field("lead", "UF_CRM_CALL_AT", "datetime", "Когда перезвонить"),
  field("lead", "UF_CRM_URGENT", "boolean", "Срочно"),
];
