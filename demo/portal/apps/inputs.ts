import * as z from "zod";
import { EVENTS_BY_SCOPE, isWebhookEvent as isForWebhooks } from "../events/catalogue.ts";
import { ALL_SCOPES } from "../scopes.ts";

const address = z.string().trim().max(2_000);
const ALL_EVENTS = new Set(Object.values(EVENTS_BY_SCOPE).flat());
const isWebhookEvent = (event: string) => ALL_EVENTS.has(event) && isForWebhooks(event);
const seconds = z.int().min(1).max(315_360_000);

export const appInput = z.strictObject({
  title: z.string().trim().min(1).max(255),
  /** Opened in frames; the authorize page returns to it. */
  handlerUrl: address,
  installUrl: address.nullish(),
  scopes: z.array(z.enum(ALL_SCOPES)).default(["crm"]),
  /** Works through REST alone: no pages, ONAPPINSTALL is posted to installUrl. */
  scriptOnly: z.boolean().default(false),
  /** Who adds it. */
  userId: z.int().min(1).default(1),
  /** Comes from the market under this name, instead of being local. */
  marketCode: z
    .string()
    .regex(/^[a-z0-9]+(?:[._][a-z0-9]+)*$/)
    .optional(),
});

export const appChangeInput = z
  .strictObject({
    title: z.string().trim().min(1).max(255),
    handlerUrl: address,
    installUrl: address.nullable(),
    scopes: z.array(z.enum(ALL_SCOPES)),
    scriptOnly: z.boolean(),
  })
  .partial();

/** Events about an application that nothing on the portal's pages leads to. */
export const appEventInput = z.strictObject({
  event: z.enum(["ONAPPUPDATE", "ONAPPPAYMENT", "ONAPPMETHODCONFIRM"]),
  /** In place of what the portal would say. */
  data: z.record(z.string(), z.string()).default({}),
});

export const appSettingsInput = z.strictObject({
  handlers: z.strictObject({ local: z.boolean(), plainHttp: z.boolean() }).partial().optional(),
  oauth: z
    .strictObject({
      codeSeconds: seconds,
      accessSeconds: seconds,
      refreshSeconds: seconds,
      autoConsent: z.boolean(),
    })
    .partial()
    .optional(),
  delivery: z
    .strictObject({
      delayMs: z.int().min(0).max(86_400_000),
      jitterMs: z.int().min(0).max(86_400_000),
      loss: z.number().min(0).max(1),
      duplicates: z.number().min(0).max(1),
      timeoutMs: z.int().min(1).max(600_000),
      parallel: z.int().min(1).max(1_000),
    })
    .partial()
    .optional(),
});

export const outgoingWebhookInput = z.strictObject({
  url: address,
  events: z
    .array(z.string().trim().toUpperCase().refine(isWebhookEvent, "No event of outgoing webhooks"))
    .min(1),
});

export const robotRuleInput = z.strictObject({
  entity: z.enum(["lead", "deal"]),
  /** The stage that the robot stands on: STATUS_ID of leads, STAGE_ID of deals. */
  stageId: z.string().min(1),
  action: z.union([
    /** The plain "Webhook" robot: `{{ID}}` and other field names in the address are filled in. */
    z.strictObject({ kind: z.literal("webhook"), url: address }),
    z.strictObject({
      kind: z.literal("application"),
      clientId: z.string(),
      code: z.string(),
      properties: z.record(z.string(), z.string()).default({}),
    }),
  ]),
});

export const renameInput = z.strictObject({
  /** The new address, without a path. */
  url: z.url({ protocol: /^https?$/ }).transform((text) => new URL(text).origin),
});

export type OutgoingWebhookInput = z.input<typeof outgoingWebhookInput>;
export type RobotRuleInput = z.input<typeof robotRuleInput>;
export type RenameInput = z.input<typeof renameInput>;
export type AppInput = z.input<typeof appInput>;
export type AppChangeInput = z.input<typeof appChangeInput>;
export type AppEventInput = z.input<typeof appEventInput>;
export type AppSettingsInput = z.input<typeof appSettingsInput>;
