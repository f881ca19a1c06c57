import { z } from "zod";
import { defineQuery, type QueryDefinition } from "../../../platform/queries/definition.ts";
import type { Queryable } from "../store/queryable.ts";
import { readSources, type Shape } from "./source.ts";
import { output, selectFrom, toPattern, Values } from "./statement.ts";

const user: Shape = {
  id: "bigint",
  full_name: "text",
  email: "text",
  work_position: "text",
  active: "boolean",
  department_ids: "bigint[]",
  _deleted_at: "timestamptz",
};
const department: Shape = {
  id: "bigint",
  name: "text",
  parent_id: "bigint",
  head_id: "bigint",
  sort: "integer",
  _deleted_at: "timestamptz",
};

/** Yes and no as addresses write them. */
const yesOrNo = z.enum(["true", "false"]).transform((value) => value === "true");

/** The people of the portal; those who left are among them, since records still name them. */
export function users(db: Queryable): QueryDefinition {
  return defineQuery({
    name: "users",
    title: { ru: "Сотрудники", en: "Users" },
    description: {
      ru: "Люди портала с должностью и подразделением, по имени",
      en: "People of the portal with position and department, by name",
    },
    parameters: z.object({
      search: z.string().max(200).optional(),
      department: z.coerce.number().int().positive().optional().describe("Id of a department"),
      active: yesOrNo.optional().describe("true: those who work, false: those who left"),
    }),
    defaultLimit: 1_000,
    maxLimit: 100_000,
    async build({ portal, params, limit }) {
      const sources = await readSources(db, portal.schema);
      const values = new Values();
      const conditions = ["u._deleted_at IS NULL"];
      if (params.search)
        conditions.push(`concat_ws(' ', u.full_name, u.email) ILIKE ${values.add(toPattern(params.search))}`);
      if (params.department !== undefined)
        conditions.push(`${values.add(params.department)}::bigint = ANY(u.department_ids)`);
      if (params.active !== undefined) conditions.push(`u.active = ${values.add(params.active)}::boolean`);
      const names = `(SELECT string_agg(d.name, ', ' ORDER BY d.name) FROM ${sources.from("departments", department, "d")} WHERE d.id = ANY(u.department_ids))`;
      const outputs = [
        output("id", "ID", "ID", "id", "u.id"),
        output("name", "Имя", "Name", "text", "u.full_name", { link: "/company/personal/user/{id}/" }),
        output("position", "Должность", "Position", "text", "u.work_position"),
        output("departments", "Подразделения", "Departments", "text", names),
        output("email", "E-mail", "E-mail", "email", "u.email"),
        output("active", "Работает", "Active", "boolean", "u.active"),
      ];
      return selectFrom(
        outputs,
        values,
        `FROM ${sources.from("users", user, "u")}
          WHERE ${conditions.join(" AND ")} ORDER BY u.full_name COLLATE b24kit.natural, u.id LIMIT ${values.add(limit)}`,
      );
    },
  });
}

/** The portal's departments, each with its head and how many work there. */
export function departments(db: Queryable): QueryDefinition {
  return defineQuery({
    name: "departments",
    title: { ru: "Подразделения", en: "Departments" },
    description: {
      ru: "Подразделения портала: руководитель, вышестоящее, сколько человек",
      en: "Departments of the portal: head, parent, number of people",
    },
    parameters: z.object({}),
    defaultLimit: 1_000,
    maxLimit: 100_000,
    async build({ portal, limit }) {
      const sources = await readSources(db, portal.schema);
      const values = new Values();
      const people = `(SELECT count(*)::integer FROM ${sources.from("users", user, "p")} WHERE d.id = ANY(p.department_ids) AND p.active AND p._deleted_at IS NULL)`;
      const outputs = [
        output("id", "ID", "ID", "id", "d.id"),
        output("name", "Название", "Name", "text", "d.name"),
        output("parent", "Вышестоящее", "Parent", "text", "above.name"),
        output("head", "Руководитель", "Head", "user", "head.full_name"),
        output("people", "Сотрудников", "People", "count", people),
      ];
      return selectFrom(
        outputs,
        values,
        `FROM ${sources.from("departments", department, "d")}
          LEFT JOIN ${sources.from("departments", department, "above")} ON above.id = d.parent_id
          LEFT JOIN ${sources.from("users", user, "head")} ON head.id = d.head_id
          WHERE d._deleted_at IS NULL ORDER BY d.sort, d.id LIMIT ${values.add(limit)}`,
      );
    },
  });
}
