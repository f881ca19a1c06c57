import { z } from "zod";

/** A small list of the portal that gives names to the codes in records. */
export interface Dictionary {
  readonly name: "statuses" | "categories" | "currencies" | "users" | "departments" | "smart_processes";
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Pages of 50 asked for at once; further ones only when these were full. */
  readonly firstPages: number;
  /** Columns with their PostgreSQL types, the key first. */
  readonly columns: Readonly<Record<string, string>>;
  readonly key: readonly string[];
  /** Reads one page of an answer. @throws ZodError */
  read(result: unknown): Record<string, unknown>[];
}

const text = z.union([z.string(), z.number()]).transform(String);
const optionalText = text
  .nullish()
  .transform((value) => (value === undefined || value === null || value === "" ? null : value))
  .catch(null);
const id = z.coerce.number().int();
const optionalId = z.union([z.coerce.number().int().positive(), z.null()]).catch(null);
const sort = z.coerce.number().int().nullable().catch(null);
const yes = z
  .unknown()
  .optional()
  .transform((value) => value === true || value === "Y" || value === "1" || value === 1);

const Status = z
  .object({
    ENTITY_ID: text,
    STATUS_ID: text,
    ID: optionalId,
    NAME: text,
    SORT: sort,
    COLOR: optionalText,
    SEMANTICS: optionalText,
    CATEGORY_ID: optionalText,
    EXTRA: z.object({ COLOR: optionalText, SEMANTICS: optionalText }).partial().catch({}).optional(),
  })
  .transform((row) => ({
    entity_id: row.ENTITY_ID,
    status_id: row.STATUS_ID,
    id: row.ID,
    name: row.NAME,
    sort: row.SORT,
    color: row.COLOR ?? row.EXTRA?.COLOR ?? null,
    semantics: row.SEMANTICS,
    category_id: row.CATEGORY_ID,
  }));

const Category = z
  .object({ id, name: text, sort, isDefault: yes, entityTypeId: id.optional() })
  .transform((row) => ({
    entity_type_id: row.entityTypeId ?? dealTypeId,
    id: row.id,
    name: row.name,
    sort: row.sort,
    is_default: row.isDefault,
  }));

const Currency = z
  .object({
    CURRENCY: text,
    FULL_NAME: optionalText,
    AMOUNT: optionalText,
    AMOUNT_CNT: optionalText,
    BASE: yes,
    SORT: sort,
  })
  .transform((row) => ({
    id: row.CURRENCY,
    name: row.FULL_NAME,
    amount: row.AMOUNT,
    amount_count: row.AMOUNT_CNT,
    is_base: row.BASE,
    sort: row.SORT,
  }));

const User = z
  .object({
    ID: id,
    NAME: optionalText,
    LAST_NAME: optionalText,
    SECOND_NAME: optionalText,
    EMAIL: optionalText,
    WORK_POSITION: optionalText,
    ACTIVE: yes,
    UF_DEPARTMENT: z.array(id).catch([]),
  })
  .transform((row) => ({
    id: row.ID,
    full_name: [row.NAME, row.LAST_NAME].filter(Boolean).join(" ") || row.EMAIL || `#${row.ID}`,
    name: row.NAME,
    last_name: row.LAST_NAME,
    second_name: row.SECOND_NAME,
    email: row.EMAIL,
    work_position: row.WORK_POSITION,
    active: row.ACTIVE,
    department_ids: row.UF_DEPARTMENT,
  }));

const Department = z
  .object({ ID: id, NAME: text, PARENT: optionalId, UF_HEAD: optionalId, SORT: sort })
  .transform((row) => ({
    id: row.ID,
    name: row.NAME,
    parent_id: row.PARENT,
    head_id: row.UF_HEAD,
    sort: row.SORT,
  }));

const SmartProcess = z
  .object({ entityTypeId: id, id, title: text, code: optionalText })
  .transform((row) => ({ entity_type_id: row.entityTypeId, id: row.id, title: row.title, code: row.code }));

const dealTypeId = 2;

export const DICTIONARIES: readonly Dictionary[] = [
  {
    name: "statuses",
    method: "crm.status.list",
    params: { order: { ID: "ASC" } },
    firstPages: 3,
    columns: {
      entity_id: "text",
      status_id: "text",
      id: "bigint",
      name: "text",
      sort: "integer",
      color: "text",
      semantics: "text",
      category_id: "bigint",
    },
    key: ["entity_id", "status_id"],
    read: (result) => z.array(Status).parse(result),
  },
  {
    name: "categories",
    method: "crm.category.list",
    params: { entityTypeId: dealTypeId },
    firstPages: 1,
    columns: {
      entity_type_id: "integer",
      id: "bigint",
      name: "text",
      sort: "integer",
      is_default: "boolean",
    },
    key: ["entity_type_id", "id"],
    read: (result) => z.object({ categories: z.array(Category) }).parse(result).categories,
  },
  {
    name: "currencies",
    method: "crm.currency.list",
    params: {},
    firstPages: 1,
    columns: {
      id: "text",
      name: "text",
      amount: "numeric",
      amount_count: "numeric",
      is_base: "boolean",
      sort: "integer",
    },
    key: ["id"],
    read: (result) => z.array(Currency).parse(result),
  },
  {
    name: "users",
    method: "user.get",
    params: { sort: "ID", order: "ASC" },
    firstPages: 3,
    columns: {
      id: "bigint",
      full_name: "text",
      name: "text",
      last_name: "text",
      second_name: "text",
      email: "text",
      work_position: "text",
      active: "boolean",
      department_ids: "bigint[]",
    },
    key: ["id"],
    read: (result) => z.array(User).parse(result),
  },
  {
    name: "departments",
    method: "department.get",
    params: { sort: "ID", order: "ASC" },
    firstPages: 1,
    columns: { id: "bigint", name: "text", parent_id: "bigint", head_id: "bigint", sort: "integer" },
    key: ["id"],
    read: (result) => z.array(Department).parse(result),
  },
  {
    name: "smart_processes",
    method: "crm.type.list",
    params: { order: { id: "ASC" } },
    firstPages: 1,
    columns: { entity_type_id: "integer", id: "bigint", title: "text", code: "text" },
    key: ["entity_type_id"],
    read: (result) => z.object({ types: z.array(SmartProcess) }).parse(result).types,
  },
];
