import { originOf } from "../events/origin.ts";
import type { RecordChange } from "../events/portal-events.ts";
import { asFlag, asMap } from "../php.ts";
import type { Portal } from "../portal.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import { changedRow } from "../store/changed-row.ts";
import { newRow } from "../store/new-row.ts";
import type { WriteContext } from "../store/write.ts";
import { ENTITIES, type Entity } from "../values.ts";
import { requireId, requireRow } from "./crm-records.ts";

/** `crm.{lead,deal,contact,company}.{add,update,delete}` */
export const CRM_WRITE_METHODS: readonly Method[] = ENTITIES.flatMap((entity) => [
  { name: `crm.${entity}.add`, scopes: ["crm"], run: (call: Call) => addRecord(call, entity) },
  { name: `crm.${entity}.update`, scopes: ["crm"], run: (call: Call) => updateRecord(call, entity) },
  { name: `crm.${entity}.delete`, scopes: ["crm"], run: (call: Call) => deleteRecord(call, entity) },
]);

function addRecord(call: Call, entity: Entity): Answer {
  const row = newRow(writeContext(call, entity), requireFields(call));
  const id = Number(row.ID);
  call.portal.addRow(entity, row);
  tell(call, { entity, id, before: null, after: row });
  return { result: id };
}

function updateRecord(call: Call, entity: Entity): Answer {
  const id = requireId(call);
  const row = requireRow(call, entity);
  call.portal.updateRow(entity, id, changedRow(writeContext(call, entity), row, requireFields(call)));
  tell(call, { entity, id, before: row, after: call.portal.crm.tables[entity].get(id) ?? row });
  return { result: true };
}

function deleteRecord(call: Call, entity: Entity): Answer {
  const id = requireId(call);
  const before = call.portal.crm.tables[entity].get(id);
  if (!before) throw missing(entity);
  call.portal.deleteRow(entity, id);
  tell(call, { entity, id, before, after: null });
  return { result: true };
}

/** Lets the portal's events, queues and robots know. */
function tell(call: Call, change: Pick<RecordChange, "entity" | "id" | "before" | "after">): void {
  call.portal.events.recordChanged({ ...change, userId: call.caller.userId, origin: originOf(call) });
}

/** Deleting a contact or a company that is gone has words of its own. */
function missing(entity: Entity): RestError {
  if (entity === "contact") return new RestError("ERROR_CORE", "Contact is not found");
  if (entity === "company") return new RestError("", "Company is not found");
  return new RestError("", "Not found");
}

function requireFields({ params }: Call): Record<string, unknown> {
  const fields = asMap(params.get("fields"));
  if (!fields) throw new RestError("", "Parameter 'fields' must be array.");
  return fields;
}

function writeContext({ portal, caller, params }: Call, entity: Entity): WriteContext {
  return {
    entity,
    catalogue: portal.crm.catalogues[entity],
    zone: portal.zone,
    now: portal.clock.now(),
    userId: String(caller.userId),
    nextId: portal.crm.tables[entity].nextId,
    nextPointId: () => portal.nextPointId(),
    stages: stageReader(portal),
    isImport: asFlag(asMap(params.get("params"))?.IMPORT),
  };
}

/** Stages of a funnel (of leads for null), in their order. */
function stageReader(portal: Portal): WriteContext["stages"] {
  return (category) => {
    const entityId =
      category === null ? "STATUS" : category === "0" ? "DEAL_STAGE" : `DEAL_STAGE_${category}`;
    return portal.crm.statuses
      .filter((row) => row.ENTITY_ID === entityId)
      .map((row) => ({ id: String(row.STATUS_ID), semantics: String(row.SEMANTICS ?? "P") }));
  };
}
