import type { Row } from "../values.ts";
import { derivedFields } from "./derived.ts";
import { linkedFields } from "./links.ts";
import { readFields, requireNames, type WriteContext } from "./write.ts";

/** The columns that an update changes, the portal's own stamps included. */
export function changedRow(context: WriteContext, before: Row, fields: Record<string, unknown>): Row {
  const { entity, zone, now, userId } = context;
  const given = linkedFields(readFields(context, fields, before), context.catalogue);
  // A deal stays in its funnel: CATEGORY_ID cannot be written over.
  delete given.CATEGORY_ID;
  dropUnknownStage(context, before, given);
  const after: Row = { ...before, ...given };
  requireNames(entity, after);
  const at = zone.datetime(now);
  const changes: Row = { DATE_MODIFY: at, MODIFY_BY_ID: userId, ...given, ...derivedFields(context, after) };
  if (isMoved(before, given)) {
    Object.assign(changes, { MOVED_BY_ID: userId, MOVED_TIME: at });
  }
  return changes;
}

function isMoved(before: Row, given: Row): boolean {
  return ["STAGE_ID", "STATUS_ID"].some((name) => given[name] !== undefined && given[name] !== before[name]);
}

function dropUnknownStage(context: WriteContext, before: Row, given: Row): void {
  const name = context.entity === "deal" ? "STAGE_ID" : "STATUS_ID";
  if (given[name] === undefined) return;
  const category = context.entity === "deal" ? String(before.CATEGORY_ID) : null;
  if (!context.stages(category).some((stage) => stage.id === given[name])) delete given[name];
}
