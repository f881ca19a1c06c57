import * as z from "zod";
import type { OutgoingWebhook } from "../events/outgoing-webhooks.ts";
import type { Portal } from "../portal.ts";
import type { RobotRule } from "../robots/robots.ts";
import { addressFault } from "./card.ts";
import { handlerFault } from "./handler-url.ts";
import {
  type OutgoingWebhookInput,
  outgoingWebhookInput,
  type RobotRuleInput,
  robotRuleInput,
} from "./inputs.ts";

/** Subscribes an address by hand. Throws a ZodError that names the wrong field. */
export function addOutgoingWebhook(portal: Portal, input: OutgoingWebhookInput): OutgoingWebhook {
  const { url, events } = outgoingWebhookInput.parse(input);
  requireAddress(portal, url);
  return portal.outgoingWebhooks.add(url, events);
}

/** Puts a robot on a stage. Throws a ZodError that names the wrong field. */
export function addRobotRule(portal: Portal, input: RobotRuleInput): RobotRule {
  const rule = robotRuleInput.parse(input);
  const { action } = rule;
  if (action.kind === "webhook") requireAddress(portal, action.url);
  else if (!portal.robots.get(action.clientId, action.code)) {
    throw new z.ZodRealError([
      {
        code: "custom",
        path: ["action", "code"],
        message: "no such robot of this application",
        input: action.code,
      },
    ]);
  }
  const ofEntity = rule.entity === "lead" ? /^STATUS$/ : /^DEAL_STAGE/;
  const stages = portal.crm.statuses.filter((row) => ofEntity.test(String(row.ENTITY_ID)));
  if (!stages.some((row) => row.STATUS_ID === rule.stageId)) {
    throw new z.ZodRealError([
      { code: "custom", path: ["stageId"], message: "no such stage", input: rule.stageId },
    ]);
  }
  return portal.robots.addRule(rule);
}

function requireAddress(portal: Portal, url: string): void {
  const fault = handlerFault(url, portal.appSettings.handlers, false);
  if (fault) throw addressFault("url", url, fault);
}
