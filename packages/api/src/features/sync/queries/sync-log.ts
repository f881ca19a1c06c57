import { Entity } from "@b24kit/client/contract";
import { z } from "zod";
import { defineQuery, type QueryDefinition } from "../../../platform/queries/definition.ts";
import { output, selectFrom, Values } from "./statement.ts";

const parameters = z.object({
  entity: Entity.optional(),
  level: z.enum(["info", "warning", "error"]).optional(),
  run: z.coerce.number().int().optional().describe("Id of a run"),
});

/** What the runs have to say, as codes with values; people's words for them are made where they are shown. */
export function syncLog(): QueryDefinition {
  return defineQuery({
    name: "sync-log",
    title: { ru: "Журнал синхронизации", en: "Sync log" },
    description: {
      ru: "Что делали запуски синхронизации; новое сверху",
      en: "What the runs did; newest first",
    },
    parameters,
    defaultLimit: 200,
    maxLimit: 100_000,
    build({ portal, params, limit }) {
      const values = new Values();
      const conditions = [`l.portal_id = ${values.add(portal.id)}`];
      if (params.entity) conditions.push(`l.entity = ${values.add(params.entity)}`);
      if (params.level) conditions.push(`l.level = ${values.add(params.level)}`);
      if (params.run !== undefined) conditions.push(`l.run_id = ${values.add(params.run)}`);
      const outputs = [
        output("at", "Время", "Time", "datetime", "l.at"),
        output("entity", "Сущность", "Entity", "status", "l.entity"),
        output("level", "Уровень", "Level", "status", "l.level"),
        output("code", "Событие", "Event", "status", "l.code"),
        output("details", "Подробности", "Details", "json", "l.details"),
        output("run", "Запуск", "Run", "id", "l.run_id"),
      ];
      return selectFrom(
        outputs,
        values,
        `FROM b24kit.sync_logs l WHERE ${conditions.join(" AND ")} ORDER BY l.id DESC LIMIT ${values.add(limit)}`,
      );
    },
  });
}
