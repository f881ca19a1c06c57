import type { Row } from "../values.ts";
import { derivedFields } from "./derived.ts";
import { linkedFields } from "./links.ts";
import { stampsOf } from "./stamps.ts";
import { readFields, requireNames, type WriteContext } from "./write.ts";

/** The columns that an update changes, the portal's own stamps included. */
export function changedRow(context: WriteContext, before: Row, fields: Record<string, unknown>): Row {
  const { entity, zone, now, userId } = context;
  const stamps = stampsOf(entity);
  const given = linkedFields(readFields(context, fields, before), context.catalogue);
  // A deal stays in its funnel for the classic methods: CATEGORY_ID cannot be written over.
  if (!context.mayMoveFunnel) delete given.CATEGORY_ID;
  if (stamps.stage) keepStage(context, stamps.stage, before, given);
  const after: Row = { ...before, ...given };
  requireNames(entity, after);
  const at = zone.datetime(now);
  const stamped = { [stamps.updated]: at, [stamps.updatedBy]: userId };
  const changes: Row = { ...stamped, ...given, ...derivedFields(context, after) };
  if (stamps.stage && after[stamps.stage] !== before[stamps.stage]) {
    Object.assign(changes, { [stamps.movedBy]: userId, MOVED_TIME: at });
    if (context.catalogue.byName.has("PREVIOUS_STAGE_ID")) {
      changes.PREVIOUS_STAGE_ID = before[stamps.stage] ?? "";
    }
  }
  return changes;
}

/** A stage that the funnel does not have is not taken over; in another funnel a record starts on the first one. */
function keepStage(context: WriteContext, name: string, before: Row, given: Row): void {
  const category = String(given.CATEGORY_ID ?? before.CATEGORY_ID ?? 0);
  const moves = given.CATEGORY_ID !== undefined && category !== String(before.CATEGORY_ID);
  if (given[name] === undefined && !moves) return;
  const stages = context.stages(stampsOf(context.entity).hasFunnels ? category : null);
  if (stages.some((stage) => stage.id === given[name])) return;
  if (moves) given[name] = stages[0]?.id ?? "NEW";
  else delete given[name];
}
