import { handlerFault } from "../apps/handler-url.ts";
import { asFlag, asInteger, asMap, asText } from "../php.ts";
import { accessDenied, RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import type { AppRobot } from "../robots/robots.ts";
import type { Value } from "../values.ts";
import { requireAdmin, requireApplication } from "./application.ts";

const bizprocMethod = (name: string, run: Method["run"]): Method => ({
  name: `bizproc.${name}`,
  scopes: ["bizproc"],
  applicationOnly: "ACCESS_DENIED",
  run,
});

/** `bizproc.robot.{add,update,delete,list}`, `bizproc.event.send`, `bizproc.activity.log` */
export const ROBOT_METHODS: readonly Method[] = [
  bizprocMethod("robot.add", addRobot),
  bizprocMethod("robot.update", updateRobot),
  bizprocMethod("robot.delete", deleteRobot),
  bizprocMethod("robot.list", listRobots),
  bizprocMethod("event.send", sendEvent),
  bizprocMethod("activity.log", writeLog),
];

const invalid = (what: string) => new RestError("ERROR_ACTIVITY_VALIDATION_FAILURE", what);

function addRobot(call: Call): Answer {
  requireAdmin(call);
  const { clientId } = requireApplication(call);
  const blank = blankRobot(clientId, call.caller.userId, requireCode(call));
  const robot = readRobot(call, blank, (name) => call.params.get(name));
  if (call.portal.robots.get(clientId, robot.code)) {
    throw new RestError("ERROR_ACTIVITY_ALREADY_INSTALLED", "Activity or Robot already installed!");
  }
  call.portal.robots.save(robot);
  return { result: true };
}

function updateRobot(call: Call): Answer {
  requireAdmin(call);
  const known = requireRobot(call);
  const fields = asMap(call.params.get("fields"));
  if (!fields) throw invalid("No fields to update");
  const given = new Map(Object.entries(fields).map(([name, value]) => [name.toUpperCase(), value]));
  call.portal.robots.save(readRobot(call, known, (name) => given.get(name.toUpperCase())));
  return { result: true };
}

function deleteRobot(call: Call): Answer {
  requireAdmin(call);
  call.portal.robots.remove(requireRobot(call));
  return { result: true };
}

function listRobots(call: Call): Answer {
  requireAdmin(call);
  const { clientId } = requireApplication(call);
  return { result: call.portal.robots.of(clientId).map(({ code }) => code) };
}

function requireCode({ params }: Call): string {
  const code = asText(params.get("code"));
  if (code === "") throw invalid("Empty activity code!");
  if (!/^[a-z0-9.\-_]+$/i.test(code)) throw invalid("Wrong activity code!");
  return code;
}

function requireRobot(call: Call): AppRobot {
  const { clientId } = requireApplication(call);
  const robot = call.portal.robots.get(clientId, requireCode(call));
  if (!robot) throw new RestError("ERROR_ACTIVITY_NOT_FOUND", "Activity or Robot not found!");
  return robot;
}

function blankRobot(clientId: string, userId: number, code: string): AppRobot {
  return {
    clientId,
    code,
    handler: "",
    authUserId: userId,
    useSubscription: false,
    name: "",
    description: "",
    properties: {},
    returnProperties: {},
    documentType: null,
    filter: null,
    usePlacement: false,
    placementHandler: "",
  };
}

/** The robot with what a call names of it. */
function readRobot(call: Call, known: AppRobot, given: (name: string) => unknown): AppRobot {
  const or = <T>(name: string, before: T, read: (value: unknown) => T) => {
    const value = given(name);
    return value === undefined ? before : read(value);
  };
  const map = (value: unknown) => (asMap(value) ?? {}) as Record<string, Value>;
  const robot: AppRobot = {
    ...known,
    handler: or("HANDLER", known.handler, asText),
    authUserId: or("AUTH_USER_ID", known.authUserId, asInteger),
    useSubscription: or("USE_SUBSCRIPTION", known.useSubscription, asFlag),
    name: or("NAME", known.name, (value) => value as Value),
    description: or("DESCRIPTION", known.description, (value) => value as Value),
    properties: or("PROPERTIES", known.properties, map),
    returnProperties: or("RETURN_PROPERTIES", known.returnProperties, map),
    documentType: or("DOCUMENT_TYPE", known.documentType, (value) => value as Value),
    filter: or("FILTER", known.filter, (value) => value as Value),
    usePlacement: or("USE_PLACEMENT", known.usePlacement, asFlag),
    placementHandler: or("PLACEMENT_HANDLER", known.placementHandler, asText),
  };
  if (!robot.name) throw invalid("Empty activity NAME!");
  requireHandler(call, robot.handler);
  if (robot.placementHandler) requireHandler(call, robot.placementHandler);
  return robot;
}

/** A robot works at its application's own domain. */
function requireHandler(call: Call, url: string): void {
  const fault = handlerFault(url, call.portal.appSettings.handlers, false);
  if (fault === "protocol") throw new RestError("ERROR_UNSUPPORTED_PROTOCOL", "Unsupported handler protocol");
  const home = new URL(requireApplication(call).handlerUrl).hostname;
  if (fault || new URL(url).hostname !== home) {
    throw new RestError("ERROR_WRONG_HANDLER_URL", "Wrong handler URL");
  }
}

/** The application's answer: the workflow goes on with these values. */
function sendEvent(call: Call): Answer {
  const { portal, params } = call;
  const run = requireRun(call);
  const values = (asMap(params.get("return_values")) ?? {}) as Record<string, Value>;
  const log = asText(params.get("log_message"));
  portal.robots.saveRun({
    ...run,
    finished: true,
    returnValues: values,
    log: log === "" ? run.log : [...run.log, log],
  });
  return { result: true };
}

function writeLog(call: Call): Answer {
  const run = requireRun(call);
  call.portal.robots.saveRun({ ...run, log: [...run.log, asText(call.params.get("log_message"))] });
  return { result: true };
}

function requireRun(call: Call) {
  const run = call.portal.robots.run(asText(call.params.get("event_token")));
  if (!run || run.clientId !== requireApplication(call).clientId) throw accessDenied();
  return run;
}
