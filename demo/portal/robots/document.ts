import type { Entity } from "../values.ts";

const CLASSES: Record<Entity, string> = {
  lead: "CCrmDocumentLead",
  deal: "CCrmDocumentDeal",
  contact: "CCrmDocumentContact",
  company: "CCrmDocumentCompany",
};

/** A record as robots name it: `crm`, `CCrmDocumentDeal`, `DEAL_4325`. */
export function documentId(entity: Entity, id: number): [string, string, string] {
  return ["crm", CLASSES[entity], `${entity.toUpperCase()}_${id}`];
}

export function documentType(entity: Entity): [string, string, string] {
  return ["crm", CLASSES[entity], entity.toUpperCase()];
}
