import { Entity } from "@b24kit/client/contract";
import { z } from "zod";
import { defineQuery, type QueryDefinition } from "../../../platform/queries/definition.ts";
import { output, selectFrom, Values } from "./statement.ts";

const parameters = z.object({
  entity: Entity.optional(),
  field: z.string().max(255).optional().describe("Name of the field in the portal"),
});

/** Values of the portal that do not fit their column: the record is in the mirror, the value waits here as it came. */
export function quarantine(): QueryDefinition {
  return defineQuery({
    name: "quarantine",
    title: { ru: "Карантин значений", en: "Quarantined values" },
    description: {
      ru: "Значения портала, которые не подошли типу своего поля: запись скопирована, значение ждёт здесь",
      en: "Values of the portal that do not fit their field's type: the record is copied, the value waits here",
    },
    parameters,
    defaultLimit: 200,
    maxLimit: 100_000,
    build({ portal, params, limit }) {
      const values = new Values();
      const conditions = [`q.portal_id = ${values.add(portal.id)}`];
      if (params.entity) conditions.push(`q.entity = ${values.add(params.entity)}`);
      if (params.field) conditions.push(`q.field = ${values.add(params.field)}`);
      const outputs = [
        output("at", "Время", "Time", "datetime", "q.at"),
        output("entity", "Сущность", "Entity", "status", "q.entity"),
        output("record", "Запись", "Record", "id", "q.entity_id", {
          link: "/crm/{entity}/details/{record}/",
        }),
        output("field", "Поле", "Field", "text", "q.field"),
        output("label", "Название", "Label", "text", "f.label"),
        output("value", "Значение", "Value", "text", "q.raw"),
        output("reason", "Причина", "Reason", "status", "q.reason"),
      ];
      return selectFrom(
        outputs,
        values,
        `FROM b24kit.sync_quarantine q
          LEFT JOIN b24kit.sync_fields f ON f.portal_id = q.portal_id AND f.entity = q.entity AND f.name = q.field
          WHERE ${conditions.join(" AND ")} ORDER BY q.at DESC, q.entity, q.entity_id, q.field LIMIT ${values.add(limit)}`,
      );
    },
  });
}
