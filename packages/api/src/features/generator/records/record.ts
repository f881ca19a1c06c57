import type { GeneratorEntity, GeneratorPlan } from "@b24kit/client/contract";

/** What the portal itself offers to choose from; read once for a run and kept with it. */
export interface Catalogue {
  readonly industries: readonly string[];
  readonly employees: readonly string[];
  readonly companyTypes: readonly string[];
  readonly contactTypes: readonly string[];
  readonly sources: readonly string[];
  readonly leadStages: readonly Stage[];
  readonly funnels: readonly { readonly id: number; readonly stages: readonly Stage[] }[];
  readonly currency: string | null;
}

/** `open`, or how a deal or lead ends there. */
export interface Stage {
  readonly id: string;
  readonly end: "open" | "won" | "lost";
}

/** Everything that records are made from; `day` (YYYY-MM-DD) is the one that dates are counted from. */
export interface Recipe {
  readonly plan: GeneratorPlan;
  readonly day: string;
  readonly catalogue: Catalogue;
}

export interface Person {
  readonly sex: "female" | "male";
  readonly first: string;
  /** Empty where the language has none. */
  readonly middle: string;
  readonly last: string;
}

export interface Address {
  readonly street: string;
  readonly city: string;
  readonly region: string;
  readonly postal: string;
  readonly country: string;
}

export interface Company {
  readonly entity: "company";
  readonly title: string;
  readonly legal: string;
  readonly phone: string;
  readonly email: string;
  readonly web: string;
  readonly address: Address;
  readonly industry: string | null;
  readonly employees: string | null;
  readonly type: string | null;
  readonly revenue: number;
  readonly currency: string;
}

export interface Contact {
  readonly entity: "contact";
  readonly title: string;
  readonly person: Person;
  readonly post: string;
  readonly phone: string;
  readonly email: string;
  readonly type: string | null;
  readonly source: string | null;
  /** Numbers of companies of the same run, the primary one first. */
  readonly companies: readonly number[];
}

export interface Deal {
  readonly entity: "deal";
  readonly title: string;
  readonly amount: number;
  readonly currency: string;
  readonly funnel: number;
  readonly stage: string | null;
  readonly begin: string;
  readonly close: string;
  readonly source: string | null;
  readonly company: number | null;
  readonly contact: number | null;
}

export interface Lead {
  readonly entity: "lead";
  readonly title: string;
  readonly person: Person;
  readonly company: string;
  readonly phone: string;
  readonly email: string;
  readonly amount: number;
  readonly currency: string;
  readonly stage: string | null;
  readonly source: string | null;
}

export type MadeRecord = Company | Contact | Deal | Lead;
export type RecordOf<E extends GeneratorEntity> = Extract<MadeRecord, { entity: E }>;
