import { createHash } from "node:crypto";
import type { GeneratorEntity } from "@b24kit/client/contract";

/** What a record is made from: nothing else decides what it says. */
export interface RecordSeed {
  readonly seed: number;
  readonly entity: GeneratorEntity;
  /** From 1. */
  readonly no: number;
}

/** A 32-bit number of its own for each record, so that any record can be made without those before it. */
export function seedOf({ seed, entity, no }: RecordSeed): number {
  return createHash("sha256").update(`${seed}:${entity}:${no}`).digest().readUInt32BE(0);
}

/** Coprime with every power of ten: numbers that follow each other look unlike each other and never repeat. */
const STRIDE = 7_368_787;

/** A text of `width` digits that no other `index` below 10^width gets for the same seed. */
export function uniqueDigits(seed: number, index: number, width: number): string {
  const size = 10 ** width;
  const offset = createHash("sha256").update(`digits:${seed}`).digest().readUInt32BE(0);
  return String((index * (STRIDE % size) + offset) % size).padStart(width, "0");
}

const POSITION = { company: 0, contact: 1, lead: 2, deal: 3 } as const;

/** A number that no other record of the run has. */
export function indexOf({ entity, no }: RecordSeed): number {
  return no * 4 + POSITION[entity];
}
