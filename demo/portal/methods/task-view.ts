import { camelName } from "../fields/item-names.ts";
import { fullName } from "../people.ts";
import type { Portal } from "../portal.ts";
import type { Row, Value } from "../values.ts";

/** A task as `tasks.task.*` shows it: camelCase, everything a text or null, people described beside their numbers. */
export function showTask(portal: Portal, row: Row, select: readonly string[] | null): Record<string, Value> {
  const shown: Record<string, Value> = {};
  for (const [name, value] of Object.entries(row)) {
    if (!select || select.includes(name)) shown[camelName(name)] = value;
  }
  if ("groupId" in shown) shown.group = [];
  if ("createdBy" in shown) shown.creator = person(portal, row.CREATED_BY ?? null);
  if ("responsibleId" in shown) shown.responsible = person(portal, row.RESPONSIBLE_ID ?? null);
  return shown;
}

/** An empty list where there is no such person. */
function person(portal: Portal, id: Value): Value {
  const user = portal.crm.books.users.get(id);
  if (!user) return [];
  return {
    id: String(user.ID),
    name: fullName(user),
    link: `/company/personal/user/${String(user.ID)}/`,
    icon: "/bitrix/images/tasks/default_avatar.png",
    workPosition: user.WORK_POSITION ?? "",
  };
}
