import { originOf } from "../events/origin.ts";
import type { RecordChange } from "../events/portal-events.ts";
import type { Call } from "../rest/method.ts";
import { type Collection, entityTypeIdOf, isEntity, type Row, type Value } from "../values.ts";

type Changed = Omit<RecordChange, "userId" | "origin" | "entity"> & { entity: Collection };

/** Lets the portal's events, queues and robots know that a record was added, changed or deleted. */
export function announceRecord(call: Call, { entity, ...change }: Changed): void {
  const { portal, caller } = call;
  if (isEntity(entity)) {
    portal.events.recordChanged({ ...change, entity, userId: caller.userId, origin: originOf(call) });
    return;
  }
  const entityTypeId = entityTypeIdOf(entity);
  const verb = !change.before ? "ADD" : change.after ? "UPDATE" : "DELETE";
  for (const tail of ["", `_${entityTypeId}`]) {
    announce(call, `ONCRMDYNAMICITEM${verb}${tail}`, { ID: change.id, ENTITY_TYPE_ID: entityTypeId });
  }
}

/** Something else happened: `data[FIELDS]` tells what. */
export function announce(call: Call, event: string, fields: Row): void {
  call.portal.events.emit({ event, fields, userId: call.caller.userId, origin: originOf(call) });
}

/** As announce, for events whose data have no FIELDS. */
export function announceData(call: Call, event: string, data: { [key: string]: Value }): void {
  call.portal.events.emit({ event, data, userId: call.caller.userId, origin: originOf(call) });
}
