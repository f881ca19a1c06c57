import type { Entity } from "@b24kit/client/contract";
import { z } from "zod";
import type { PortalEvent } from "./deps.ts";
import { ENTITIES, smartProcess } from "./entities.ts";

/** What an event means for the mirror: a record to read again, or an entity whose fields are not what they were. */
export type Touch =
  | { readonly what: "record"; readonly entity: Entity; readonly id: number }
  | { readonly what: "fields"; readonly entity: Entity };

const byEvent = new Map<string, { entity: Entity; what: Touch["what"] }>();
for (const one of ENTITIES) {
  if ("dictionary" in one) continue;
  const { entity, recordEvents = [], fieldEvents = [] } = one;
  for (const event of recordEvents) byEvent.set(event, { entity, what: "record" });
  for (const event of fieldEvents) byEvent.set(event, { entity, what: "fields" });
}

const SmartData = z.object({ FIELDS: z.object({ ENTITY_TYPE_ID: z.coerce.number().int().positive() }) });

/** Events of all smart processes have one name, and say in their data which it is. */
function ofSmartProcess({ event, data }: Pick<PortalEvent, "event" | "data">): Entity | null {
  if (!/^ONCRMDYNAMICITEM(ADD|UPDATE|DELETE)(_\d+)?$/.test(event)) return null;
  const said = SmartData.safeParse(data);
  return said.success ? smartProcess(said.data.FIELDS.ENTITY_TYPE_ID).entity : null;
}

/** Null where the event is about nothing that is mirrored. Nothing of it is believed but the id. */
export function readTouch(told: Pick<PortalEvent, "event" | "entityId" | "data">): Touch | null {
  const { event, entityId } = told;
  const smart = ofSmartProcess(told);
  const known = smart === null ? byEvent.get(event) : { entity: smart, what: "record" as const };
  if (known === undefined) return null;
  const { entity, what } = known;
  if (what === "fields") return { what, entity };
  const id = /^\d{1,15}$/.test(entityId ?? "") ? Number(entityId) : 0;
  return id > 0 ? { what, entity, id } : null;
}
