import type { GeneratorEntity } from "@b24kit/client/contract";
import type { Company, Contact, Deal, Lead, MadeRecord } from "./records/record.ts";

/** Number of the type in `crm.item.*`. */
export const TYPE_IDS: Readonly<Record<GeneratorEntity, number>> = {
  lead: 1,
  deal: 2,
  contact: 3,
  company: 4,
};

/** Where the record comes from: found again by it, whatever became of an answer. */
export interface Origin {
  readonly runId: string;
  readonly no: number;
}

/** Ids in the portal of the records of this run that a record names by their numbers. */
export interface Linked {
  readonly companies: readonly number[];
  readonly contact: number | null;
}

type Fields = Readonly<Record<string, unknown>>;

export const originatorOf = (runId: string): string => `gen:${runId}`;
export const originOf = (entity: GeneratorEntity, no: number): string => `${entity}:${no}`;

/** A company as `crm.company.add` takes it: only the classic method still knows addresses. */
export function companyFields(company: Company, { runId, no }: Origin): Fields {
  const { address } = company;
  return without({
    TITLE: company.title,
    COMPANY_TYPE: company.type,
    INDUSTRY: company.industry,
    EMPLOYEES: company.employees,
    REVENUE: company.revenue,
    CURRENCY_ID: company.currency,
    BANKING_DETAILS: company.legal || null,
    ADDRESS: address.street,
    ADDRESS_CITY: address.city,
    ADDRESS_REGION: address.region || null,
    ADDRESS_POSTAL_CODE: address.postal,
    ADDRESS_COUNTRY: address.country,
    PHONE: [{ VALUE: company.phone, VALUE_TYPE: "WORK" }],
    EMAIL: [{ VALUE: company.email, VALUE_TYPE: "WORK" }],
    WEB: [{ VALUE: company.web, VALUE_TYPE: "WORK" }],
    OPENED: "Y",
    ORIGINATOR_ID: originatorOf(runId),
    ORIGIN_ID: originOf("company", no),
  });
}

/** Anything else as `crm.item.batchImport` takes it. */
export function itemFields(record: Exclude<MadeRecord, Company>, origin: Origin, linked: Linked): Fields {
  const own = {
    contact: () => contactFields(record as Contact, linked),
    lead: () => leadFields(record as Lead),
    deal: () => dealFields(record as Deal, linked),
  }[record.entity]();
  return without({
    ...own,
    opened: "Y",
    originatorId: originatorOf(origin.runId),
    originId: originOf(record.entity, origin.no),
  });
}

function contactFields(contact: Contact, { companies }: Linked): Fields {
  return {
    name: contact.person.first,
    secondName: contact.person.middle || null,
    lastName: contact.person.last,
    post: contact.post,
    typeId: contact.type,
    sourceId: contact.source,
    companyIds: companies.length > 0 ? companies : null,
    fm: ways(contact.phone, contact.email),
  };
}

function leadFields(lead: Lead): Fields {
  return {
    title: lead.title,
    name: lead.person.first,
    secondName: lead.person.middle || null,
    lastName: lead.person.last,
    companyTitle: lead.company,
    stageId: lead.stage,
    sourceId: lead.source,
    opportunity: lead.amount,
    isManualOpportunity: "Y",
    currencyId: lead.currency,
    fm: ways(lead.phone, lead.email),
  };
}

function dealFields(deal: Deal, { companies, contact }: Linked): Fields {
  return {
    title: deal.title,
    categoryId: deal.funnel,
    stageId: deal.stage,
    sourceId: deal.source,
    opportunity: deal.amount,
    isManualOpportunity: "Y",
    currencyId: deal.currency,
    begindate: deal.begin,
    closedate: deal.close,
    companyId: companies[0] ?? null,
    contactIds: contact === null ? null : [contact],
  };
}

function ways(phone: string, email: string) {
  return [
    { typeId: "PHONE", valueType: "WORK", value: phone },
    { typeId: "EMAIL", valueType: "WORK", value: email },
  ];
}

function without(fields: Record<string, unknown>): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

/** What changes by itself, or by our own later records: it tells nothing of a person's hand. */
const RESTLESS =
  /^(updated|moved|lastActivity|lastCommunication|previousStage)|^(contactIds?|contacts|companyIds?|companies|observers|isReturnCustomer|isRepeatedApproach|hasPhone|hasEmail|hasImol|utm.*|accountCurrencyId|opportunityAccount)$/;

/** The part of a record, as the portal shows it, that only a person would change. */
export function lastingPart(item: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(item)
    .filter(([name]) => !RESTLESS.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Fields whose text the portal keeps as it came. */
const KEPT = {
  company: ["title"],
  contact: ["name", "lastName", "post"],
  lead: ["title"],
  deal: ["title"],
} as const;

/** Whether a record shows what we sent: where it does not, somebody was there before its fingerprint was taken. */
export function showsWhatWasSent(record: MadeRecord, item: Readonly<Record<string, unknown>>): boolean {
  const sent: Record<string, unknown> =
    record.entity === "contact"
      ? { name: record.person.first, lastName: record.person.last, post: record.post }
      : { title: record.title };
  return KEPT[record.entity].every((name) => item[name] === sent[name]);
}
