import { randomBytes, randomInt } from "node:crypto";
import { GeneratorEntity, type GeneratorPlan, type GeneratorRequest } from "@b24kit/client/contract";
import type { z } from "zod";
import { ceilingOf, STANDARD_PLAN } from "../../platform/bitrix/bucket.ts";
import { AppError } from "../../platform/http/app-error.ts";
import type { GeneratorSettings } from "./deps.ts";
import { BATCH } from "./portal-records.ts";

export type Asked = z.output<typeof GeneratorRequest>;

/** What is to be made, with everything named. @throws AppError invalid_parameter where that is nothing */
export function toPlan(asked: Asked, settings: GeneratorSettings): GeneratorPlan {
  const counts = {
    company: asked.companies ?? settings.companies,
    contact: asked.contacts ?? settings.contacts,
    lead: asked.leads,
    deal: asked.deals,
  };
  if (Object.values(counts).every((count) => count === 0))
    throw new AppError("invalid_parameter", "body: all counts are 0, so there is nothing to make");
  return { counts, locale: asked.locale, seed: asked.seed ?? randomInt(2 ** 31 - 1) };
}

/** A session for a run that no tab has asked for: such a run is nobody's to miss. */
export function newSession(): string {
  return randomBytes(8).toString("hex");
}

const READ_AGAIN = 1_000;

/** Requests of a run: the portal's lists, twenty records each, and what was made once more. */
export function countRequests({ counts }: GeneratorPlan): number {
  const lists = counts.deal > 0 ? 2 : 1;
  return GeneratorEntity.options.reduce(
    (sum, entity) => sum + Math.ceil(counts[entity] / BATCH) + Math.ceil(counts[entity] / READ_AGAIN),
    lists,
  );
}

/** The least time in which a rested portal lets so many requests through. */
export function leastSeconds(requests: number): number {
  return Math.max(0, requests - ceilingOf(STANDARD_PLAN, "background")) / STANDARD_PLAN.drain;
}
