import { TASK_PRIORITIES, TASK_STATUSES } from "../../../platform/bitrix/codes.ts";
import type { MirrorDescription } from "../deps.ts";
import { column, FLAG, ID, join, MOMENT, STATUS, TEXT, type ViewDefinition } from "./definition.ts";
import { joinUser } from "./joins.ts";
import { personColumns } from "./shared-columns.ts";
import { meant, meantValues } from "./values.ts";

const SHAPE = {
  id: "bigint",
  title: "text",
  status: "bigint",
  priority: "bigint",
  responsible_id: "bigint",
  created_by: "bigint",
  created_date: "timestamp with time zone",
  changed_date: "timestamp with time zone",
  date_start: "timestamp with time zone",
  deadline: "timestamp with time zone",
  closed_date: "timestamp with time zone",
  time_spent_in_logs: "bigint",
};

export function tasks(mirror: MirrorDescription): ViewDefinition {
  const link = "/company/personal/user/0/tasks/task/view/{id}/";
  return {
    name: "tasks",
    entity: "task",
    label: { ru: "Задачи", en: "Tasks" },
    rows: mirror.rows["task"] ?? null,
    columns: [
      column("id", "ID", ["ID", "ID"], ID, "d.id", { link }),
      column("title", "TITLE", ["Название", "Title"], TEXT, "d.title", { link }),
      column("status", "STATUS", ["Статус", "Status"], STATUS, meant("d.status", TASK_STATUSES), {
        values: meantValues(TASK_STATUSES),
      }),
      column("closed", "STATUS", ["Завершена", "Completed"], FLAG, "coalesce(d.status = 5, false)"),
      column(
        "priority",
        "PRIORITY",
        ["Приоритет", "Priority"],
        STATUS,
        meant("d.priority", TASK_PRIORITIES),
        { values: meantValues(TASK_PRIORITIES) },
      ),
      ...personColumns(mirror, "responsible", "RESPONSIBLE_ID", {
        label: ["Ответственный", "Responsible"],
        id: "d.responsible_id",
        alias: "u",
      }),
      ...personColumns(mirror, "created_by", "CREATED_BY", {
        label: ["Постановщик", "Creator"],
        id: "d.created_by",
        alias: "creator",
      }),
      column("created", "CREATED_DATE", ["Дата создания", "Created"], MOMENT, "d.created_date"),
      column("modified", "CHANGED_DATE", ["Дата изменения", "Modified"], MOMENT, "d.changed_date"),
      column("started", "DATE_START", ["Начата", "Started"], MOMENT, "d.date_start"),
      column("deadline", "DEADLINE", ["Крайний срок", "Deadline"], MOMENT, "d.deadline"),
      column("closed_at", "CLOSED_DATE", ["Дата завершения", "Completed at"], MOMENT, "d.closed_date"),
      column(
        "hours_spent",
        "TIME_SPENT_IN_LOGS",
        ["Затрачено, ч", "Time spent, h"],
        ["number", "numeric"],
        "round(d.time_spent_in_logs / 3600.0, 2)",
      ),
    ],
    from: [
      mirror.from("tasks", SHAPE, "d"),
      joinUser(mirror, "u", "d.responsible_id"),
      joinUser(mirror, "creator", "d.created_by"),
    ],
    joins: [join("tasks", "responsible_id", "users")],
  };
}
