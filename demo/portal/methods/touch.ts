import type { Call } from "../rest/method.ts";
import { stampsOf } from "../store/stamps.ts";
import type { Entity, Row } from "../values.ts";
import { announceRecord } from "./announce.ts";

/** Writes columns of a record as an update of it: stamped and announced. */
export function touchRecord(call: Call, entity: Entity, id: number, columns: Row): void {
  const { portal, caller } = call;
  const { updated, updatedBy } = stampsOf(entity);
  const table = portal.crm.tables[entity];
  const before = table.get(id) ?? null;
  const stamped = { [updated]: portal.zone.datetime(portal.clock.now()), [updatedBy]: String(caller.userId) };
  portal.updateRow(entity, id, { ...stamped, ...columns });
  announceRecord(call, { entity, id, before, after: table.get(id) ?? null });
}
