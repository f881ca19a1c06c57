import type { Method } from "../rest/method.ts";
import { APPLICATION_METHODS } from "./application.ts";
import { CALENDAR_METHODS } from "./calendar.ts";
import { CRM_CATEGORY_METHODS } from "./crm-categories.ts";
import { CRM_CURRENCY_METHODS } from "./crm-currencies.ts";
import { CRM_ITEM_IMPORT_METHODS } from "./crm-item-imports.ts";
import { CRM_ITEM_WRITE_METHODS } from "./crm-item-writes.ts";
import { CRM_ITEM_METHODS } from "./crm-items.ts";
import { CRM_LINK_METHODS } from "./crm-links.ts";
import { CRM_PRODUCT_METHODS } from "./crm-products.ts";
import { CRM_RECORD_METHODS } from "./crm-records.ts";
import { CRM_STAGE_HISTORY_METHODS } from "./crm-stage-history.ts";
import { CRM_STATUS_METHODS } from "./crm-statuses.ts";
import { CRM_TYPE_METHODS } from "./crm-types.ts";
import { CRM_USERFIELD_METHODS } from "./crm-userfields.ts";
import { CRM_WRITE_METHODS } from "./crm-writes.ts";
import { DEPARTMENT_WRITE_METHODS } from "./department-writes.ts";
import { DEPARTMENT_METHODS } from "./departments.ts";
import { EVENT_METHODS } from "./events.ts";
import { IM_METHODS } from "./im.ts";
import { OFFLINE_EVENT_METHODS } from "./offline-events.ts";
import { OPTION_METHODS } from "./options.ts";
import { PLACEMENT_METHODS } from "./placements.ts";
import { ROBOT_METHODS } from "./robots.ts";
import { SYSTEM_METHODS } from "./system.ts";
import { TASK_METHODS } from "./tasks.ts";
import { TELEPHONY_METHODS } from "./telephony.ts";
import { USER_WRITE_METHODS } from "./user-writes.ts";
import { USER_METHODS } from "./users.ts";

const FAMILIES: readonly (readonly Method[])[] = [
  CRM_RECORD_METHODS,
  CRM_WRITE_METHODS,
  CRM_ITEM_METHODS,
  CRM_ITEM_WRITE_METHODS,
  CRM_ITEM_IMPORT_METHODS,
  CRM_TYPE_METHODS,
  CRM_USERFIELD_METHODS,
  CRM_LINK_METHODS,
  CRM_STAGE_HISTORY_METHODS,
  CRM_PRODUCT_METHODS,
  CRM_STATUS_METHODS,
  CRM_CATEGORY_METHODS,
  CRM_CURRENCY_METHODS,
  USER_METHODS,
  USER_WRITE_METHODS,
  DEPARTMENT_METHODS,
  DEPARTMENT_WRITE_METHODS,
  TASK_METHODS,
  IM_METHODS,
  CALENDAR_METHODS,
  TELEPHONY_METHODS,
  OPTION_METHODS,
  SYSTEM_METHODS,
  APPLICATION_METHODS,
  EVENT_METHODS,
  OFFLINE_EVENT_METHODS,
  PLACEMENT_METHODS,
  ROBOT_METHODS,
];

/** Every method by its lower-cased name. `batch` is not here: it runs the others. */
export const METHODS: ReadonlyMap<string, Method> = new Map(
  FAMILIES.flat().map((method) => [method.name.toLowerCase(), method]),
);
