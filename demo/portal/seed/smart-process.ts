import type { UserField } from "../fields/user-field.ts";
import type { Row } from "../values.ts";
import { stageRow } from "./dictionaries.ts";
import { CATEGORIES, type Stage } from "./words/stages.ts";

/** The portal's smart process: objects under service. Companies point to it by PARENT_ID_156. */
export const SMART_TYPE_ID = 5;
export const SMART_ENTITY_TYPE_ID = 156;
export const SMART_COLLECTION = `dynamic_${SMART_ENTITY_TYPE_ID}` as const;
/** At least 40: seeded companies name parents up to that. */
export const SMART_ITEMS = 120;
const CATEGORY = 14;
export const SMART_CATEGORY_ID = CATEGORY;

const prefix = `DT${SMART_ENTITY_TYPE_ID}_${CATEGORY}`;

export const SMART_STAGES: readonly Stage[] = [
  [`${prefix}:NEW`, "Новый объект", "#22B9FF", "P", 0],
  [`${prefix}:PREPARATION`, "Приёмка", "#88B9FF", "P", 0],
  [`${prefix}:CLIENT`, "На обслуживании", "#10E5FC", "P", 0],
  [`${prefix}:SUCCESS`, "Обслуживание завершено", "#00FF00", "S", 0],
  [`${prefix}:FAIL`, "Отказ", "#FF0000", "F", 0],
];

/** The stages as `crm.status.list` shows them, without their IDs. */
export const SMART_STATUSES: readonly Row[] = [...SMART_STAGES.entries()].map((stage) =>
  stageRow(`DYNAMIC_${SMART_ENTITY_TYPE_ID}_STAGE_${CATEGORY}`, stage, String(CATEGORY)),
);

/** Funnels: those of deals, and the only one of the smart process. */
export function seedCategories(): Row[] {
  const deals = CATEGORIES.map((category) => ({
    ...category,
    entityTypeId: 2,
    originId: "",
    originatorId: "",
  }));
  const smart = {
    id: CATEGORY,
    name: "Общая",
    sort: 500,
    isDefault: "Y",
    entityTypeId: SMART_ENTITY_TYPE_ID,
  };
  return [...deals, { ...smart, isSystem: "N", code: "" }];
}

const STATES = ["В хорошем состоянии", "Нужен ремонт", "Аварийный"].map((VALUE, i) => ({
  ID: String(161 + i),
  VALUE,
}));
export const OBJECT_STATES = STATES;

const field = (name: string, type: string, label: string, multiple = false): UserField => ({
  entity: SMART_COLLECTION,
  name: `UF_CRM_${SMART_TYPE_ID}_${name}`,
  type,
  label,
  multiple,
  settings: [],
});

export const SMART_USER_FIELDS: readonly UserField[] = [
  field("ADDRESS", "string", "Адрес объекта"),
  field("AREA", "double", "Площадь, м²"),
  field("GUARDED", "boolean", "Под охраной"),
  { ...field("1639669411830", "enumeration", "Состояние"), items: STATES },
  field("INSPECTED_ON", "date", "Дата осмотра"),
  field("CONTACT_PHONES", "string", "Телефоны на объекте", true),
];

/** The row of `crm.type.list`. */
export function smartType(createdTime: string): Row {
  const yes = ["Categories", "Stages", "BeginCloseDates", "Client", "UseInUserfield", "Source", "Observers"];
  const no = ["LinkWithProducts", "Mycompany", "Documents", "Recyclebin", "BizProc", "Payments", "Counters"];
  const switches = [
    ...yes.map((name) => [`is${name}Enabled`, "Y"]),
    ...no.map((name) => [`is${name}Enabled`, "N"]),
    ["isAutomationEnabled", "Y"],
    ["isSetOpenPermissions", "Y"],
  ];
  return {
    id: SMART_TYPE_ID,
    title: "Объект обслуживания",
    code: "",
    createdBy: 1,
    entityTypeId: SMART_ENTITY_TYPE_ID,
    customSectionId: null,
    ...Object.fromEntries(switches),
    createdTime,
    updatedTime: createdTime,
    updatedBy: 1,
  };
}
