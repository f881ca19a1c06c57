import { companyOfContact } from "../seed/contacts.ts";
import type { SeedPlan } from "../seed/plan.ts";
import type { Row } from "../values.ts";
import { linkIds } from "./link-rows.ts";

/** Which contacts belong to a company: what contacts say of their companies, read backwards. */
export class CompanyContacts {
  readonly #plan: SeedPlan;
  #companies: Map<number, readonly number[]> | null = null;
  readonly #contacts = new Map<number, Set<number>>();

  constructor(plan: SeedPlan) {
    this.#plan = plan;
  }

  /** Numbers of the contacts of a company, ascending. */
  of(companyId: number): number[] {
    this.#build();
    return [...(this.#contacts.get(companyId) ?? [])].sort((a, b) => a - b);
  }

  /** A contact was written, or is gone (undefined). */
  follow(contactId: number, row: Row | undefined): void {
    this.#place(contactId, row ? linkIds(row, "COMPANY_IDS").map(Number) : []);
  }

  #build(): Map<number, readonly number[]> {
    if (this.#companies) return this.#companies;
    this.#companies = new Map();
    for (let id = 1; id <= this.#plan.counts.contacts; id++) {
      const company = companyOfContact(this.#plan, id);
      if (company) this.#place(id, [Number(company)]);
    }
    return this.#companies;
  }

  #place(contactId: number, companies: readonly number[]): void {
    const placed = this.#build();
    for (const company of placed.get(contactId) ?? []) this.#contacts.get(company)?.delete(contactId);
    placed.set(contactId, companies);
    for (const company of companies) {
      const members = this.#contacts.get(company) ?? new Set();
      this.#contacts.set(company, members.add(contactId));
    }
  }
}
