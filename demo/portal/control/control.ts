import { randomBytes } from "node:crypto";
import { type AppControl, createAppControl } from "../apps/control.ts";
import type { Fault } from "../limits/faults.ts";
import type { LimitSettings } from "../limits/settings.ts";
import { PLANS } from "../limits/settings.ts";
import type { Portal, SeedChange } from "../portal.ts";
import type { Entity, Row } from "../values.ts";
import { createZone } from "../zone.ts";
import { type Checksum, checksumTable, readRecords } from "./canonical.ts";
import * as inputs from "./inputs.ts";
import { type Mutation, mutate } from "./mutate.ts";
import type { Stats } from "./stats.ts";

export type SeedSummary = Omit<SeedChange, "kind">;

export interface ClockState {
  mode: "real" | "virtual";
  /** Milliseconds since the epoch. */
  now: number;
  /** The same, as the portal writes it. */
  iso: string;
}

/** The switches of one portal. Each throws a ZodError where its input makes no sense. */
export interface PortalControl {
  /** Other data: what is not named stays as it is. Everything written to the portal is gone. */
  seed(input: inputs.SeedInput): SeedSummary;
  /** The portal as it was when last seeded: data, credentials, limits, faults, statistics. */
  reset(): SeedSummary;
  stats(): ReturnType<Stats["toJSON"]>;
  addFault(input: inputs.FaultInput): readonly Fault[];
  faults(): readonly Fault[];
  clearFaults(): void;
  clock(input?: inputs.ClockInput): ClockState;
  mutate(input: inputs.MutateInput): Mutation[];
  checksum(entity: Entity): Checksum;
  records(input: inputs.RecordsInput): Row[];
  createWebhook(input: inputs.WebhookInput): { code: string; path: string };
  /** False where there is no such webhook. */
  revokeWebhook(code: string): boolean;
  limits(input?: inputs.LimitsInput): LimitSettings;
  /** Applications and all that belongs to them. */
  apps: AppControl;
}

export function createControl(portal: Portal): PortalControl {
  return {
    seed: (input) => seedPortal(portal, input),
    reset() {
      portal.reseed(portal.seedParameters());
      portal.resetSettings();
      portal.faults.clear();
      return portal.seedParameters();
    },
    stats: () => portal.stats.toJSON(),
    addFault(input) {
      portal.faults.add(inputs.faultInput.parse(input));
      return portal.faults.list();
    },
    faults: () => portal.faults.list(),
    clearFaults: () => portal.faults.clear(),
    clock: (input = {}) => setClock(portal, input),
    mutate(input) {
      const { seed, operations, entities } = inputs.mutateInput.parse(input);
      return mutate(portal, seed, operations, entities);
    },
    checksum: (entity) => checksumTable(portal.crm.tables[entity], portal.crm.catalogues[entity]),
    records(input) {
      const { entity, ...which } = inputs.recordsInput.parse(input);
      return readRecords(portal.crm.tables[entity], portal.crm.catalogues[entity], which);
    },
    createWebhook(input) {
      const { userId, scopes } = inputs.webhookInput.parse(input);
      const code = randomBytes(8).toString("hex");
      portal.setWebhook({ code, userId, scopes });
      return { code, path: `/rest/${userId}/${code}/` };
    },
    revokeWebhook(code) {
      const known = portal.webhooks.get(code);
      if (known) portal.setWebhook({ code, userId: known.userId, scopes: null });
      return known !== undefined;
    },
    limits: (input = {}) => setLimits(portal, input),
    apps: createAppControl(portal),
  };
}

function seedPortal(portal: Portal, input: inputs.SeedInput): SeedSummary {
  const { seed, anchor, utcOffset, ...counts } = inputs.seedInput.parse(input);
  const before = portal.seedParameters();
  const offset = utcOffset ?? before.utcOffset;
  const given = Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== undefined));
  portal.reseed({
    seed: seed ?? before.seed,
    counts: { ...before.counts, ...given },
    anchor: createZone(offset).startOfDay(anchor ?? before.anchor),
    utcOffset: offset,
  });
  return portal.seedParameters();
}

function setClock(portal: Portal, input: inputs.ClockInput): ClockState {
  const { mode, now, advance } = inputs.clockInput.parse(input);
  if (mode) portal.clock.setMode(mode);
  if (now !== undefined) portal.clock.set(now);
  if (advance !== undefined) portal.clock.advance(advance);
  const at = portal.clock.now();
  return { mode: portal.clock.mode, now: at, iso: portal.zone.datetime(at) };
}

function setLimits(portal: Portal, input: inputs.LimitsInput): LimitSettings {
  const { plan, rate, operating, cost, ...switches } = inputs.limitsInput.parse(input);
  const before = portal.limits;
  portal.limits = {
    ...before,
    ...definedOnly(switches),
    rate: { ...before.rate, ...(plan && PLANS[plan]), ...definedOnly(rate) },
    operating: { ...before.operating, ...definedOnly(operating) },
    cost: { ...before.cost, ...definedOnly(cost) },
  };
  return portal.limits;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function definedOnly<T extends object>(values: T | undefined): Defined<T> {
  return Object.fromEntries(
    Object.entries(values ?? {}).filter(([, value]) => value !== undefined),
  ) as Defined<T>;
}
