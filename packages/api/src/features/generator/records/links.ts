import type { GeneratorCounts } from "@b24kit/client/contract";
import { type RecordSeed, seedOf } from "./numbers.ts";

/** Two contacts of three go round the companies in turn, so that few stay without; the third goes anywhere. */
const IN_TURN = 3;
/** One contact of so many works for a second company. */
const SECOND = 5;

/** Numbers of a contact's companies, the primary one first; empty where there are none. */
export function companiesOf(seed: number, no: number, { company }: GeneratorCounts): readonly number[] {
  if (company === 0) return [];
  const draw = seedOf({ seed, entity: "contact", no });
  const primary = no % IN_TURN === 0 ? (draw % company) + 1 : ((no - 1) % company) + 1;
  if (company === 1 || draw % SECOND !== 0) return [primary];
  const second = ((primary + (draw % (company - 1))) % company) + 1;
  return [primary, second];
}

/** What a deal is about: a contact and that contact's company, or a company alone. */
export function dealParties(
  { seed, no }: Pick<RecordSeed, "seed" | "no">,
  counts: GeneratorCounts,
): { company: number | null; contact: number | null } {
  const draw = seedOf({ seed, entity: "deal", no });
  if (counts.contact === 0)
    return { company: counts.company === 0 ? null : (draw % counts.company) + 1, contact: null };
  const contact = (draw % counts.contact) + 1;
  return { company: companiesOf(seed, contact, counts)[0] ?? null, contact };
}
