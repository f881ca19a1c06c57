import * as z from "zod";
import { FAULT_EFFECTS } from "../limits/faults.ts";
import { PLANS, type Plan } from "../limits/settings.ts";
import { ALL_SCOPES } from "../scopes.ts";
import { ENTITIES } from "../values.ts";

const count = z.int().min(0).max(5_000_000);
/** Milliseconds since the epoch, or an ISO text. */
const moment = z.union([z.int(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))]);

export const entityInput = z.enum(ENTITIES);

export const seedInput = z.strictObject({
  seed: z.int().min(0).max(2_147_483_647).optional(),
  deals: count.optional(),
  contacts: count.optional(),
  companies: count.optional(),
  leads: count.optional(),
  users: count.min(1).max(100_000).optional(),
  anchor: moment.optional(),
  utcOffset: z.int().min(-720).max(840).optional(),
});

export const clockInput = z.strictObject({
  mode: z.enum(["real", "virtual"]).optional(),
  now: moment.optional(),
  /** Milliseconds. */
  advance: z.int().min(0).optional(),
});

export const faultInput = z.strictObject({
  match: z.string().min(1).default("*"),
  effect: z.enum(FAULT_EFFECTS),
  times: z.int().min(1).max(1_000_000).default(1),
  after: z.int().min(0).default(0),
  delayMs: z.int().min(0).max(600_000).default(1_000),
  error: z.string().default(""),
  description: z.string().default("Internal error"),
  status: z.union([z.literal(200), z.int().min(400).max(599)]).default(400),
});

export const mutateInput = z.strictObject({
  seed: z.int().default(1),
  operations: z.int().min(1).max(100_000).default(100),
  entities: z
    .array(entityInput)
    .min(1)
    .default([...ENTITIES]),
});

export const recordsInput = z.strictObject({
  entity: entityInput,
  /** These IDs only. */
  ids: z.array(z.int().min(1)).optional(),
  /** IDs above this one. */
  after: z.int().min(0).default(0),
  limit: z.int().min(1).max(100_000).default(1_000),
});

export const webhookInput = z.strictObject({
  userId: z.int().min(1).default(1),
  scopes: z.array(z.enum(ALL_SCOPES)).default(["crm"]),
});

const seconds = z.number().min(0).max(86_400);

export const limitsInput = z.strictObject({
  /** Sets the bucket to that of a plan; what `rate` names goes over it. */
  plan: z.enum(Object.keys(PLANS) as Plan[]).optional(),
  rate: z
    .strictObject({ enabled: z.boolean(), burst: z.int().min(1), drainPerSecond: z.number().positive() })
    .partial()
    .optional(),
  operating: z
    .strictObject({
      enabled: z.boolean(),
      limitSeconds: seconds,
      freeSeconds: seconds,
      billing: z.enum(["inner", "batch"]),
    })
    .partial()
    .optional(),
  cost: z
    .strictObject({
      pageSeconds: seconds,
      rowSeconds: seconds,
      callSeconds: seconds,
      real: z.boolean(),
      requestSeconds: seconds,
    })
    .partial()
    .optional(),
  insufficientScopeStatus: z.union([z.literal(401), z.literal(403)]).optional(),
  uncountedTotal: z.enum(["zero", "absent"]).optional(),
});

export type SeedInput = z.input<typeof seedInput>;
export type ClockInput = z.input<typeof clockInput>;
export type FaultInput = z.input<typeof faultInput>;
export type MutateInput = z.input<typeof mutateInput>;
export type RecordsInput = z.input<typeof recordsInput>;
export type WebhookInput = z.input<typeof webhookInput>;
export type LimitsInput = z.input<typeof limitsInput>;
