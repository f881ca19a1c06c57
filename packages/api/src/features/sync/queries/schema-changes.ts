import { Entity } from "@b24kit/client/contract";
import { z } from "zod";
import { defineQuery, type QueryDefinition } from "../../../platform/queries/definition.ts";
import { output, selectFrom, Values } from "./statement.ts";

const parameters = z.object({ entity: Entity.optional() });

/** What happened to the fields of the portal since they were first read. */
export function schemaChanges(): QueryDefinition {
  return defineQuery({
    name: "schema-changes",
    title: { ru: "Изменения полей", en: "Changes of fields" },
    description: {
      ru: "Какие поля портала появились, исчезли, сменили тип, название или список значений; новое сверху",
      en: "Fields of the portal that came, went, or have another type, label or choices now; newest first",
    },
    parameters,
    defaultLimit: 200,
    maxLimit: 100_000,
    build({ portal, params, limit }) {
      const values = new Values();
      const conditions = [`c.portal_id = ${values.add(portal.id)}`];
      if (params.entity) conditions.push(`c.entity = ${values.add(params.entity)}`);
      const outputs = [
        output("at", "Время", "Time", "datetime", "c.at"),
        output("entity", "Сущность", "Entity", "status", "c.entity"),
        output("field", "Поле", "Field", "text", "c.field"),
        output("label", "Название", "Label", "text", "f.label"),
        output("change", "Что случилось", "What happened", "status", "c.change"),
        output("before", "Было", "Was", "text", "c.before"),
        output("after", "Стало", "Is", "text", "c.after"),
      ];
      return selectFrom(
        outputs,
        values,
        `FROM b24kit.sync_schema_changes c
          LEFT JOIN b24kit.sync_fields f ON f.portal_id = c.portal_id AND f.entity = c.entity AND f.name = c.field
          WHERE ${conditions.join(" AND ")} ORDER BY c.id DESC LIMIT ${values.add(limit)}`,
      );
    },
  });
}
