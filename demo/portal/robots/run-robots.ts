import { randomBytes } from "node:crypto";
import { applicationAuth, portalAuth } from "../events/auth-block.ts";
import { secondsNow } from "../events/fan-out.ts";
import type { RecordChange } from "../events/portal-events.ts";
import { asText } from "../php.ts";
import type { Portal } from "../portal.ts";
import type { Row } from "../values.ts";
import { documentId, documentType } from "./document.ts";
import type { RobotRule } from "./robots.ts";

/** Lets the robots of a stage work on every record that comes to it, by adding or by moving. */
export function startRobots(portal: Portal): void {
  portal.events.onRecord((change) => {
    const stage = reachedStage(change);
    if (stage === null || change.imported) return;
    for (const rule of portal.robots.rules()) {
      if (rule.entity === change.entity && rule.stageId === stage) runRobot(portal, rule, change);
    }
  });
}

/** The stage that a record has just come to, or null. */
function reachedStage({ entity, before, after }: RecordChange): string | null {
  if (!after) return null;
  const name = entity === "lead" ? "STATUS_ID" : "STAGE_ID";
  const stage = after[name];
  return typeof stage === "string" && stage !== before?.[name] ? stage : null;
}

function runRobot(portal: Portal, { action }: RobotRule, { entity, id, after }: RecordChange): void {
  if (action.kind === "application") {
    runAppRobot(portal, action, { entity, id, row: after as Row });
    return;
  }
  const form = { document_id: documentId(entity, id), auth: portalAuth(portal) };
  portal.delivery.send({ url: fillTemplate(action.url, after as Row), label: "robot", form });
}

type AppAction = Extract<RobotRule["action"], { kind: "application" }>;
type Document = Pick<RecordChange, "entity" | "id"> & { row: Row };

function runAppRobot(portal: Portal, action: AppAction, { entity, id, row }: Document): void {
  const { clientId, code } = action;
  const robot = portal.robots.get(clientId, code);
  const application = portal.applications.get(clientId);
  if (!robot || !application?.installed) return;
  const random = () => randomBytes(8).toString("hex");
  const workflowId = `${random()}.${Math.floor(Math.random() * 1e8)}`;
  const eventToken = `${workflowId}|A${random().slice(0, 5)}|${random()}.${randomBytes(32).toString("hex")}`;
  const at = portal.clock.now();
  const started = { eventToken, clientId, code, entity, recordId: id, at };
  portal.robots.saveRun({ ...started, finished: !robot.useSubscription, returnValues: {}, log: [] });
  const properties = Object.fromEntries(
    Object.entries(action.properties).map(([name, text]) => [name, fillText(text, row)]),
  );
  const form = {
    workflow_id: workflowId,
    code,
    document_id: documentId(entity, id),
    document_type: documentType(entity),
    event_token: eventToken,
    properties,
    use_subscription: robot.useSubscription ? "Y" : "N",
    timeout_duration: 0,
    ts: secondsNow(portal),
    auth: applicationAuth(portal, application, robot.authUserId, true),
  };
  portal.delivery.send({ url: robot.handler, label: `robot ${code}`, form });
}

const PLACEHOLDER = /\{\{(?:=Document:)?([A-Za-z0-9_]+)\}\}|\{=Document:([A-Za-z0-9_]+)\}/g;

/** Puts the record's fields in the place of `{{ID}}`. */
function fillText(text: string, row: Row): string {
  return text.replace(PLACEHOLDER, (_all, a?: string, b?: string) => asText(row[(a ?? b) as string]));
}

/** The same in an address, where a value must not become another parameter. */
function fillTemplate(url: string, row: Row): string {
  return url.replace(PLACEHOLDER, (_all, a?: string, b?: string) =>
    encodeURIComponent(asText(row[(a ?? b) as string])),
  );
}
