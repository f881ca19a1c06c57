import { handlerFault } from "../apps/handler-url.ts";
import { EVENTS_BY_SCOPE, eventsOfScopes, isKnownEvent } from "../events/catalogue.ts";
import type { EventHandler } from "../events/handlers.ts";
import { NO_ORIGIN } from "../events/origin.ts";
import { asFlag, asInteger, asMap, asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import type { Value } from "../values.ts";
import { requireAdmin, requireApplication } from "./application.ts";

/** `events`, `event.{bind,get,unbind,test}` */
export const EVENT_METHODS: readonly Method[] = [
  { name: "events", scopes: [], run: listEvents },
  { name: "event.bind", scopes: [], applicationOnly: "WRONG_AUTH_TYPE", run: bind },
  { name: "event.get", scopes: [], applicationOnly: "WRONG_AUTH_TYPE", run: listHandlers },
  { name: "event.unbind", scopes: [], applicationOnly: "WRONG_AUTH_TYPE", run: unbind },
  { name: "event.test", scopes: [], applicationOnly: "WRONG_AUTH_TYPE", run: testEvents },
];

function listEvents({ caller, params }: Call): Answer {
  if (asFlag(params.get("full"))) return { result: Object.values(EVENTS_BY_SCOPE).flat() };
  const scope = params.get("scope");
  if (scope !== undefined) return { result: EVENTS_BY_SCOPE[asText(scope)] ?? [] };
  return { result: eventsOfScopes(caller.scopes) };
}

function bind(call: Call): Answer {
  const { portal, params } = call;
  const { clientId } = requireApplication(call);
  const handler = readHandler(call);
  if (handler.offline) requireAdmin(call);
  else requireUrl(call, handler.url);
  const known = portal.handlers.of(clientId).some((other) => isSameHandler(other, handler));
  if (known) throw cannotBind("Handler already binded");
  const options = asMap(params.get("options"));
  const minTimeout = Math.max(1, asInteger(options?.minTimeout ?? 1));
  portal.handlers.add({ clientId, ...handler, minTimeout });
  return { result: true };
}

type Described = Pick<EventHandler, "event" | "url" | "authType" | "offline" | "connector">;

function readHandler({ caller, params }: Call): Described {
  const event = asText(params.get("event")).toUpperCase();
  if (event === "") throw new RestError("ERROR_ARGUMENT", "Argument 'event' is null or empty");
  if (!isKnownEvent(event, caller.scopes)) throw new RestError("ERROR_EVENT_NOT_FOUND", "Event not found");
  const offline = asText(params.get("event_type")).toLowerCase() === "offline";
  return {
    event,
    url: offline ? "" : asText(params.get("handler")),
    authType: asInteger(params.get("auth_type") ?? 0),
    offline,
    connector: asText(params.get("auth_connector")),
  };
}

function requireUrl({ portal }: Call, url: string): void {
  if (url === "") throw new RestError("ERROR_ARGUMENT", "Argument 'handler' is null or empty");
  const fault = handlerFault(url, portal.appSettings.handlers, false);
  if (fault === "protocol")
    throw new RestError("ERROR_UNSUPPORTED_PROTOCOL", "Unsupported event handler protocol");
  if (fault) throw new RestError("ERROR_WRONG_HANDLER_URL", "Wrong handler URL");
}

function isSameHandler(a: Described, b: Described): boolean {
  return a.event === b.event && a.url === b.url && a.offline === b.offline && a.connector === b.connector;
}

const cannotBind = (why: string) => new RestError("ERROR_CORE", `Unable to set event handler: ${why}`);

function listHandlers(call: Call): Answer {
  const { clientId } = requireApplication(call);
  const result = call.portal.handlers
    .of(clientId)
    .map(({ event, url, authType, offline, connector }) =>
      offline
        ? { event, connector_id: connector, auth_type: String(authType), offline: 1 }
        : { event, handler: url, auth_type: String(authType), offline: 0 },
    );
  return { result };
}

/** `auth_type` narrows where it is given; nothing bound is no error. */
function unbind(call: Call): Answer {
  const { portal, params } = call;
  const { clientId } = requireApplication(call);
  const wanted = readHandler(call);
  if (!wanted.offline && wanted.url === "") {
    throw new RestError("ERROR_ARGUMENT", "Argument 'handler' is null or empty");
  }
  const found = portal.handlers
    .of(clientId)
    .filter((handler) => isSameHandler(handler, wanted))
    .filter((handler) => !params.has("auth_type") || handler.authType === wanted.authType);
  portal.handlers.remove(found);
  return { result: { count: found.length } };
}

/** ONAPPTEST to the handlers of this application; `data[QUERY]` holds what the call brought. */
function testEvents(call: Call): Answer {
  const { portal, caller, params } = call;
  const { clientId } = requireApplication(call);
  const query = params.names().filter((name) => name !== "auth");
  const QUERY = Object.fromEntries(query.map((name) => [name, params.get(name) as Value]));
  portal.events.emit({
    event: "ONAPPTEST",
    data: { QUERY },
    userId: caller.userId,
    origin: { ...NO_ORIGIN, clientId },
    onlyFor: clientId,
  });
  return { result: 1 };
}
