import type { Entity, Row } from "../values.ts";
import { makeCompany } from "./companies.ts";
import { makeContact } from "./contacts.ts";
import { makeDeal } from "./deals.ts";
import { makeLead } from "./leads.ts";
import type { Counts, SeedPlan } from "./plan.ts";

interface RecordFactory {
  /** The count that says how many there are. */
  count: keyof Counts;
  /** The same record for the same seed, counts of others and ID, however many there are of its own kind. */
  make(plan: SeedPlan, id: number): Row;
}

export const RECORD_FACTORIES: Record<Entity, RecordFactory> = {
  lead: { count: "leads", make: makeLead },
  deal: { count: "deals", make: makeDeal },
  contact: { count: "contacts", make: makeContact },
  company: { count: "companies", make: makeCompany },
};
