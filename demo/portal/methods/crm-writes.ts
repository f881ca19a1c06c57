import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import { changedRow } from "../store/changed-row.ts";
import { newRow } from "../store/new-row.ts";
import { ENTITIES, type Entity } from "../values.ts";
import { announceRecord } from "./announce.ts";
import { requireId, requireRow } from "./crm-records.ts";
import { requireFields, writeContext } from "./write-context.ts";

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
  announceRecord(call, { entity, id, before: null, after: row });
  return { result: id };
}

function updateRecord(call: Call, entity: Entity): Answer {
  const id = requireId(call);
  const row = requireRow(call, entity);
  call.portal.updateRow(entity, id, changedRow(writeContext(call, entity), row, requireFields(call)));
  announceRecord(call, { entity, id, before: row, after: call.portal.crm.tables[entity].get(id) ?? row });
  return { result: true };
}

function deleteRecord(call: Call, entity: Entity): Answer {
  const id = requireId(call);
  const before = call.portal.crm.tables[entity].get(id);
  if (!before) throw missing(entity);
  call.portal.deleteRow(entity, id);
  announceRecord(call, { entity, id, before, after: null });
  return { result: true };
}

/** Deleting a contact or a company that is gone has words of its own. */
function missing(entity: Entity): RestError {
  if (entity === "contact") return new RestError("ERROR_CORE", "Contact is not found");
  if (entity === "company") return new RestError("", "Company is not found");
  return new RestError("", "Not found");
}
