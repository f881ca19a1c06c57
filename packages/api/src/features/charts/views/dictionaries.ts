import type { MirrorDescription } from "../deps.ts";
import { column, FLAG, ID, join, STATUS, TEXT, USER, type ViewDefinition } from "./definition.ts";
import { dealStageValues, leadStageValues, namedValues, SEMANTICS } from "./values.ts";

/** Entries that are there now; records name those that are gone too, and get their words by a join of their own. */
function present(
  mirror: MirrorDescription,
  table: string,
  shape: Readonly<Record<string, string>>,
  condition = "true",
): string {
  const all = mirror.from(table, { ...shape, _deleted_at: "timestamp with time zone" }, "entry");
  return `(SELECT * FROM ${all} WHERE _deleted_at IS NULL AND ${condition}) d`;
}

export function users(mirror: MirrorDescription): ViewDefinition {
  const shape = {
    id: "bigint",
    full_name: "text",
    work_position: "text",
    active: "boolean",
    department_ids: "bigint[]",
  };
  return {
    name: "users",
    entity: null,
    label: { ru: "Сотрудники", en: "Employees" },
    rows: mirror.users.length,
    columns: [
      column("id", "ID", ["ID", "ID"], ID, "d.id", { words: "name", link: "/company/personal/user/{id}/" }),
      column("name", "NAME", ["Сотрудник", "Employee"], USER, "d.full_name", { codes: "id" }),
      column("position", "WORK_POSITION", ["Должность", "Position"], TEXT, "nullif(d.work_position, '')"),
      column("active", "ACTIVE", ["Работает", "Active"], FLAG, "d.active"),
      column("department_id", "UF_DEPARTMENT", ["ID отдела", "Department ID"], ID, "d.department_ids[1]", {
        values: namedValues(mirror.departments),
        words: "department",
      }),
      column(
        "department",
        "UF_DEPARTMENT",
        ["Отдел", "Department"],
        ["department", "text"],
        "department.name",
        {
          codes: "department_id",
        },
      ),
    ],
    from: [
      present(mirror, "users", shape),
      `LEFT JOIN ${mirror.from("departments", { id: "bigint", name: "text" }, "department")} ON department.id = d.department_ids[1]`,
    ],
    joins: [join("users", "department_id", "departments")],
  };
}

export function departments(mirror: MirrorDescription): ViewDefinition {
  const shape = { id: "bigint", name: "text", parent_id: "bigint", head_id: "bigint" };
  return {
    name: "departments",
    entity: null,
    label: { ru: "Отделы", en: "Departments" },
    rows: mirror.departments.length,
    columns: [
      column("id", "ID", ["ID", "ID"], ID, "d.id", { words: "name" }),
      column("name", "NAME", ["Отдел", "Department"], ["department", "text"], "d.name", { codes: "id" }),
      column("parent_id", "PARENT", ["ID вышестоящего отдела", "Parent ID"], ID, "d.parent_id"),
      column("head_id", "UF_HEAD", ["ID руководителя", "Head ID"], ID, "d.head_id"),
    ],
    from: [present(mirror, "departments", shape)],
    joins: [join("departments", "head_id", "users")],
  };
}

export function funnels(mirror: MirrorDescription): ViewDefinition {
  const shape = { entity_type_id: "integer", id: "bigint", name: "text", sort: "integer" };
  return {
    name: "funnels",
    entity: null,
    label: { ru: "Воронки сделок", en: "Deal funnels" },
    rows: mirror.categories.length,
    columns: [
      column("id", "ID", ["ID", "ID"], ["id", "integer"], "d.id", { words: "name" }),
      column("name", "NAME", ["Воронка", "Funnel"], STATUS, "d.name", { codes: "id" }),
      column("sort", "SORT", ["Порядок", "Order"], ["number", "integer"], "d.sort"),
    ],
    from: [present(mirror, "categories", shape, "entity_type_id = 2")],
    joins: [],
  };
}

/** Stages of deals (by funnel) and of leads. */
export function stages(mirror: MirrorDescription): ViewDefinition {
  const shape = { entity_id: "text", status_id: "text", name: "text", sort: "integer", semantics: "text" };
  const ofDeals = "d.entity_id <> 'STATUS'";
  const values = [...dealStageValues(mirror), ...leadStageValues(mirror)].map((value, order) => ({
    ...value,
    order,
  }));
  return {
    name: "stages",
    entity: null,
    label: { ru: "Стадии", en: "Stages" },
    rows: values.length,
    columns: [
      column(
        "entity",
        "ENTITY_ID",
        ["Чьи", "Entity"],
        STATUS,
        `CASE WHEN ${ofDeals} THEN 'deals' ELSE 'leads' END`,
      ),
      column(
        "funnel_id",
        "CATEGORY_ID",
        ["ID воронки", "Funnel ID"],
        ["id", "integer"],
        `CASE WHEN ${ofDeals} THEN coalesce(substring(d.entity_id FROM '^DEAL_STAGE_([0-9]{1,9})$')::integer, 0) END`,
      ),
      column("id", "STATUS_ID", ["Код стадии", "Stage code"], ["stage", "text"], "d.status_id", {
        values,
        words: "name",
      }),
      column("name", "NAME", ["Стадия", "Stage"], ["stage", "text"], "d.name", { codes: "id" }),
      column("sort", "SORT", ["Порядок", "Order"], ["number", "integer"], "d.sort"),
      column(
        "result",
        "SEMANTICS",
        ["Результат", "Result"],
        STATUS,
        "CASE d.semantics WHEN 'S' THEN 'won' WHEN 'F' THEN 'lost' ELSE 'open' END",
        { values: [...SEMANTICS] },
      ),
    ],
    from: [present(mirror, "statuses", shape, "entity_id ~ '^(STATUS|DEAL_STAGE(_[0-9]+)?)$'")],
    joins: [{ from: { table: "stages", column: "funnel_id" }, to: { table: "funnels", column: "id" } }],
  };
}
