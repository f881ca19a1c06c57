import { handlerFault } from "../apps/handler-url.ts";
import { isPlacementCode, PLACEMENT_CODES, placementCodes } from "../apps/placement-codes.ts";
import { asFlag, asInteger, asMap, asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import type { Value } from "../values.ts";
import { requireAdmin, requireApplication } from "./application.ts";

const placementMethod = (name: string, run: Method["run"]): Method => ({
  name: `placement.${name}`,
  scopes: ["placement"],
  applicationOnly: "WRONG_AUTH_TYPE",
  run,
});

/** `placement.{bind,get,unbind,list}` */
export const PLACEMENT_METHODS: readonly Method[] = [
  placementMethod("bind", bind),
  placementMethod("get", listBound),
  placementMethod("unbind", unbind),
  placementMethod("list", listCodes),
];

function bind(call: Call): Answer {
  const { portal, params } = call;
  requireAdmin(call);
  const { clientId } = requireApplication(call);
  const placement = requirePlacement(call);
  const handler = asText(params.get("handler"));
  requireUrl(call, handler);
  const bound = portal.placements.of(clientId);
  if (bound.some((other) => other.placement === placement && other.handler === handler)) {
    throw new RestError("ERROR_CORE", "Unable to set placement handler: Handler already binded");
  }
  portal.placements.add({
    clientId,
    placement,
    handler,
    title: asText(params.get("title")),
    description: asText(params.get("description")),
    groupName: asText(params.get("group_name")),
    langAll: mapOf(params.get("lang_all")),
    options: mapOf(params.get("options")),
    userId: asInteger(params.get("user_id") ?? 0),
  });
  return { result: true };
}

function listBound(call: Call): Answer {
  const { clientId } = requireApplication(call);
  const result = call.portal.placements
    .of(clientId)
    .map(({ placement, userId, handler, options, title, description, langAll }) => ({
      placement,
      userId,
      handler,
      options: phpMap(options),
      title,
      description,
      langAll: phpMap(langAll),
    }));
  return { result };
}

/** The portal counts each binding twice here: once found, once deleted. */
function unbind(call: Call): Answer {
  const { portal, params } = call;
  requireAdmin(call);
  const { clientId } = requireApplication(call);
  const placement = requirePlacement(call);
  const handler = asText(params.get("handler"));
  const found = portal.placements
    .of(clientId)
    .filter((bound) => bound.placement === placement && (handler === "" || bound.handler === handler));
  portal.placements.remove(found);
  return { result: { count: found.length * 2 } };
}

function listCodes({ caller, params }: Call): Answer {
  if (asFlag(params.get("full"))) return { result: Object.values(PLACEMENT_CODES).flat() };
  const scope = params.get("scope");
  if (scope !== undefined) return { result: PLACEMENT_CODES[asText(scope)] ?? [] };
  return { result: placementCodes(caller.scopes) };
}

function requirePlacement({ caller, params }: Call): string {
  const code = asText(params.get("placement")).toUpperCase();
  if (code === "") throw new RestError("ERROR_ARGUMENT", "Argument 'PLACEMENT' is null or empty");
  if (!isPlacementCode(code, caller.scopes)) {
    throw new RestError("ERROR_PLACEMENT_NOT_FOUND", "Placement not found");
  }
  return code;
}

function requireUrl({ portal }: Call, url: string): void {
  if (url === "") throw new RestError("ERROR_ARGUMENT", "Argument 'HANDLER' is null or empty");
  const fault = handlerFault(url, portal.appSettings.handlers, true);
  if (fault === "protocol")
    throw new RestError("ERROR_UNSUPPORTED_PROTOCOL", "Unsupported placement handler protocol");
  if (fault) throw new RestError("ERROR_WRONG_HANDLER_URL", "Wrong handler URL");
}

const mapOf = (value: unknown) => (asMap(value) ?? {}) as Record<string, Value>;

/** PHP prints an empty map as an empty list. */
const phpMap = (map: Record<string, Value>) => (Object.keys(map).length > 0 ? map : []);
