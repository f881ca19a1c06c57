import type { Label } from "@b24kit/client/contract";
import {
  CALL_DIRECTIONS,
  CALL_RESULTS,
  type Meaning,
  TASK_PRIORITIES,
  TASK_STATUSES,
} from "../../platform/bitrix/codes.ts";
import type { PortalField } from "./fields.ts";

/** A field of an entity whose fields the portal does not describe. */
export interface FixedField extends PortalField {
  readonly words: Label;
  /** What `select` calls it. */
  readonly asked: string;
  /** What its codes mean; `items` has the words in Russian, as the names of the fields are. */
  readonly meanings: readonly Meaning[];
}

/** The words of codes, as the choices of a list are kept. */
export const itemsOf = (meanings: readonly Meaning[], language: keyof Label): PortalField["items"] =>
  meanings.flatMap(({ codes, label }) => codes.map((id) => ({ id, label: label[language] })));

/** `*` behind a type: several values. `statusType` names the dictionary of a code. */
function field(
  name: string,
  type: string,
  ru: string,
  en: string,
  { statusType = null, meanings = [] }: { statusType?: string | null; meanings?: readonly Meaning[] } = {},
): FixedField {
  const one = { type: type.replace("*", ""), multiple: type.endsWith("*"), custom: false };
  const items = itemsOf(meanings, "ru");
  const asked = name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase();
  return { ...one, name, label: ru, words: { ru, en }, statusType, items, asked, meanings };
}

export const TASK_FIELDS: readonly FixedField[] = [
  field("id", "integer", "ID", "ID"),
  field("title", "string", "Название", "Title"),
  field("description", "text", "Описание", "Description"),
  field("status", "integer", "Статус", "Status", { meanings: TASK_STATUSES }),
  field("priority", "integer", "Приоритет", "Priority", { meanings: TASK_PRIORITIES }),
  field("responsibleId", "user", "Ответственный", "Responsible"),
  field("createdBy", "user", "Постановщик", "Creator"),
  field("createdDate", "datetime", "Создана", "Created"),
  field("changedBy", "user", "Кем изменена", "Changed by"),
  field("changedDate", "datetime", "Изменена", "Changed"),
  field("deadline", "datetime", "Крайний срок", "Deadline"),
  field("dateStart", "datetime", "Начата", "Started"),
  field("closedBy", "user", "Кем завершена", "Closed by"),
  field("closedDate", "datetime", "Завершена", "Closed"),
  field("startDatePlan", "datetime", "Начало по плану", "Planned start"),
  field("endDatePlan", "datetime", "Завершение по плану", "Planned end"),
  field("timeEstimate", "integer", "Оценка, с", "Estimate, s"),
  field("timeSpentInLogs", "integer", "Затрачено, с", "Time spent, s"),
  field("mark", "string", "Оценка результата", "Mark"),
  field("parentId", "integer", "ID главной задачи", "Parent task ID"),
  field("groupId", "integer", "ID проекта", "Project ID"),
  field("accomplices", "user*", "Соисполнители", "Accomplices"),
  field("auditors", "user*", "Наблюдатели", "Observers"),
  field("ufCrmTask", "crm*", "Записи CRM", "CRM records"),
];

export const CALL_FIELDS: readonly FixedField[] = [
  field("ID", "integer", "ID", "ID"),
  field("CALL_TYPE", "integer", "Направление", "Direction", { meanings: CALL_DIRECTIONS }),
  field("PORTAL_USER_ID", "user", "Сотрудник", "Employee"),
  field("PHONE_NUMBER", "string", "Номер клиента", "Customer's number"),
  field("PORTAL_NUMBER", "string", "Номер портала", "Portal's number"),
  field("CALL_START_DATE", "datetime", "Начало", "Started"),
  field("CALL_DURATION", "integer", "Длительность, с", "Duration, s"),
  field("CALL_FAILED_CODE", "string", "Исход", "Outcome", { meanings: CALL_RESULTS }),
  field("CALL_FAILED_REASON", "string", "Результат", "Result"),
  field("CALL_VOTE", "integer", "Оценка", "Vote"),
  field("COST", "double", "Стоимость", "Cost"),
  field("COST_CURRENCY", "crm_currency", "Валюта", "Currency"),
  field("CRM_ENTITY_TYPE", "crm_status", "С кем", "Whom with"),
  field("CRM_ENTITY_ID", "crm_entity", "ID записи CRM", "CRM record ID"),
  field("CRM_ACTIVITY_ID", "crm_entity", "ID дела", "Activity ID"),
  field("CALL_CATEGORY", "crm_status", "Вид", "Category"),
  field("CALL_ID", "string", "Код звонка", "Call code"),
  field("RECORD_DURATION", "integer", "Длительность записи, с", "Record's duration, s"),
  field("COMMENT", "text", "Комментарий", "Comment"),
];

export const PRODUCT_ROW_FIELDS: readonly FixedField[] = [
  field("id", "integer", "ID", "ID"),
  field("ownerId", "crm_deal", "ID сделки", "Deal ID"),
  field("productId", "crm_entity", "ID товара", "Product ID"),
  field("productName", "string", "Товар", "Product"),
  field("quantity", "double", "Количество", "Quantity"),
  field("measureName", "string", "Единица", "Unit"),
  field("price", "double", "Цена", "Price"),
  field("priceNetto", "double", "Цена без скидки", "Price before discount"),
  field("priceExclusive", "double", "Цена без налога", "Price without tax"),
  field("discountRate", "double", "Скидка, %", "Discount, %"),
  field("discountSum", "double", "Скидка", "Discount"),
  field("taxRate", "double", "Налог, %", "Tax, %"),
  field("taxIncluded", "char", "Налог в цене", "Tax included"),
  field("sort", "integer", "Порядок", "Order"),
  field("type", "integer", "Код вида", "Kind"),
];

const arrival = [
  field("ID", "integer", "ID", "ID"),
  field("TYPE_ID", "integer", "Код вида", "Kind"),
  field("CREATED_TIME", "datetime", "Пришла", "Entered"),
];

export const DEAL_MOVE_FIELDS: readonly FixedField[] = [
  ...arrival,
  field("OWNER_ID", "crm_deal", "ID сделки", "Deal ID"),
  field("CATEGORY_ID", "crm_category", "ID воронки", "Funnel ID"),
  field("STAGE_ID", "crm_status", "Код стадии", "Stage code"),
  field("STAGE_SEMANTIC_ID", "crm_status", "Смысл стадии", "Stage's meaning"),
];

export const LEAD_MOVE_FIELDS: readonly FixedField[] = [
  ...arrival,
  field("OWNER_ID", "crm_lead", "ID лида", "Lead ID"),
  field("STATUS_ID", "crm_status", "Код стадии", "Stage code", { statusType: "STATUS" }),
  field("STATUS_SEMANTIC_ID", "crm_status", "Смысл стадии", "Stage's meaning"),
];
