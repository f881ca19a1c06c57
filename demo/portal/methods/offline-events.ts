import type { OfflineEvent } from "../events/offline-queue.ts";
import { createCatalogue } from "../fields/catalogue.ts";
import { describeField } from "../fields/field.ts";
import { asFlag, asInteger, asList, asMap, asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import { orderedRows } from "../store/small-list.ts";
import type { Row } from "../values.ts";
import { requireAdmin, requireApplication } from "./application.ts";
import { listAnswer, pageOf } from "./list-answer.ts";

const offlineMethod = (name: string, run: Method["run"]): Method => ({
  name: `event.offline.${name}`,
  scopes: [],
  applicationOnly: "WRONG_AUTH_TYPE",
  run,
});

/** `event.offline.{get,list,clear,error}` */
export const OFFLINE_EVENT_METHODS: readonly Method[] = [
  offlineMethod("get", getEvents),
  offlineMethod("list", listEvents),
  offlineMethod("clear", clearEvents),
  offlineMethod("error", markErrors),
];

const COLUMNS = createCatalogue([
  describeField(["ID", "integer", "ID"]),
  describeField(["TIMESTAMP_X", "datetime", "TIMESTAMP_X"]),
  describeField(["ERROR", "integer", "ERROR"]),
  ...["EVENT_NAME", "MESSAGE_ID", "PROCESS_ID"].map((name) => describeField([name, "string", name])),
]);

const MOST = 50;

/** Takes events out of the queue (`clear` 1, the default), or reserves them under a `process_id` (`clear` 0). */
function getEvents(call: Call): Answer {
  const { portal, params } = call;
  requireAdmin(call);
  const processId = asText(params.get("process_id"));
  const errorsToo = asFlag(params.get("error"));
  portal.offline.dropOld(portal.clock.now());
  const open = queueOf(call).filter((event) =>
    processId === "" ? event.processId === null || (errorsToo && event.error) : event.processId === processId,
  );
  const limit = asInteger(params.get("limit")) || MOST;
  const chosen = choose(call, open).slice(0, limit);
  const keeps = params.has("clear") && !asFlag(params.get("clear"));
  let reading: string | null = null;
  if (!keeps) portal.offline.remove(chosen.map(({ id }) => id));
  else if (processId !== "") reading = processId;
  else reading = portal.offline.reserve(chosen);
  return { result: { process_id: reading, events: chosen.map((event) => describe(call, event)) } };
}

/** Looks without touching. */
function listEvents(call: Call): Answer {
  requireAdmin(call);
  const rows = choose(call, queueOf(call)).map((event) => ({
    ...describe(call, event),
    PROCESS_ID: event.processId ?? "",
    ERROR: event.error ? "1" : "0",
  }));
  const page = pageOf(rows, call.start);
  return listAnswer(call.portal, page, page.rows);
}

function clearEvents(call: Call): Answer {
  requireAdmin(call);
  call.portal.offline.remove(reserved(call).map(({ id }) => id));
  return { result: true };
}

/** Marks what could not be worked off: `event.offline.get` with `error` finds it again. */
function markErrors(call: Call): Answer {
  requireAdmin(call);
  call.portal.offline.change(reserved(call).map((event) => ({ ...event, error: true })));
  return { result: true };
}

function queueOf(call: Call): OfflineEvent[] {
  const { clientId } = requireApplication(call);
  return call.portal.offline.of(clientId, asText(call.params.get("auth_connector")));
}

/** The events of one reading, or those of them that the call names by `message_id` or `id`. */
function reserved(call: Call): OfflineEvent[] {
  const { params } = call;
  const processId = asText(params.get("process_id"));
  if (processId === "") throw new RestError("ERROR_ARGUMENT", "Argument 'process_id' is null or empty");
  const messages = asList(params.get("message_id")).map(asText);
  const ids = asList(params.get("id")).map(asInteger);
  return queueOf(call)
    .filter((event) => event.processId === processId)
    .filter((event) => messages.length === 0 || messages.includes(event.messageId))
    .filter((event) => ids.length === 0 || ids.includes(event.id));
}

/** Filtered and ordered as the call wishes; by ID unless it says otherwise. */
function choose({ portal, params }: Call, events: readonly OfflineEvent[]): OfflineEvent[] {
  const rows: Row[] = events.map((event) => ({
    ID: String(event.id),
    TIMESTAMP_X: portal.zone.datetime(event.at),
    EVENT_NAME: event.event,
    MESSAGE_ID: event.messageId,
    PROCESS_ID: event.processId,
    ERROR: event.error ? "1" : "0",
  }));
  const filter = asMap(params.get("filter")) ?? {};
  const order = asMap(params.get("order")) ?? { ID: "ASC" };
  const byId = new Map(events.map((event) => [String(event.id), event]));
  const chosen = orderedRows(rows, COLUMNS, portal.zone, { filter, order });
  return chosen.map((row) => byId.get(String(row.ID)) as OfflineEvent);
}

function describe({ portal }: Call, event: OfflineEvent): Row {
  return {
    ID: String(event.id),
    TIMESTAMP_X: portal.zone.datetime(event.at),
    EVENT_NAME: event.event,
    EVENT_DATA: Object.keys(event.data).length > 0 ? event.data : false,
    EVENT_ADDITIONAL: event.userId > 0 ? { user_id: event.userId } : false,
    MESSAGE_ID: event.messageId,
  };
}
