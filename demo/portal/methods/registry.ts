import type { Method } from "../rest/method.ts";
import { CRM_BOOK_METHODS } from "./crm-books.ts";
import { CRM_RECORD_METHODS } from "./crm-records.ts";
import { CRM_WRITE_METHODS } from "./crm-writes.ts";
import { DEPARTMENT_METHODS } from "./departments.ts";
import { SYSTEM_METHODS } from "./system.ts";
import { USER_METHODS } from "./users.ts";

const FAMILIES: readonly (readonly Method[])[] = [
  CRM_RECORD_METHODS,
  CRM_WRITE_METHODS,
  CRM_BOOK_METHODS,
  USER_METHODS,
  DEPARTMENT_METHODS,
  SYSTEM_METHODS,
];

/** Every method by its lower-cased name. `batch` is not here: it runs the others. */
export const METHODS: ReadonlyMap<string, Method> = new Map(
  FAMILIES.flat().map((method) => [method.name.toLowerCase(), method]),
);
