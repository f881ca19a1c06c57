import type { Entity } from "@b24kit/client/contract";

/** Everything that tells one mirrored entity from another. A new entity is a new row here, not new code. */
export interface EntityDescriptor {
  readonly entity: Entity;
  /** Table in the portal's mirror schema. */
  readonly table: string;
  readonly listMethod: string;
  readonly fieldsMethod: string;
  readonly userFieldsMethod: string;
  /** Portal field that holds the id, and the one that says when a record last changed. */
  readonly idField: string;
  readonly modifiedField: string;
  /** What a list must be asked for: masks leave multi-fields out, so these are named. */
  readonly select: readonly string[];
  /** Fields that `.fields` describes but no list returns: columns for them would always be empty. */
  readonly notListed: readonly string[];
  /** Path of a record's card on the portal, with the column to fill in. */
  readonly link: string;
}

const masks = ["*", "UF_*"];
const multiFields = ["PHONE", "EMAIL", "WEB", "IM", "LINK"];

function classic(
  entity: Entity,
  table: string,
  rest: Pick<EntityDescriptor, "select" | "notListed">,
): EntityDescriptor {
  return {
    entity,
    table,
    listMethod: `crm.${entity}.list`,
    fieldsMethod: `crm.${entity}.fields`,
    userFieldsMethod: `crm.${entity}.userfield.list`,
    idField: "ID",
    modifiedField: "DATE_MODIFY",
    link: `/crm/${entity}/details/{id}/`,
    ...rest,
  };
}

export const ENTITIES: Readonly<Record<Entity, EntityDescriptor>> = {
  deal: classic("deal", "deals", { select: masks, notListed: ["CONTACT_IDS"] }),
  contact: classic("contact", "contacts", { select: [...masks, ...multiFields], notListed: ["COMPANY_IDS"] }),
  lead: classic("lead", "leads", { select: [...masks, ...multiFields], notListed: ["CONTACT_IDS"] }),
  company: classic("company", "companies", { select: [...masks, ...multiFields], notListed: ["CONTACT_ID"] }),
};

export const entityNames = Object.keys(ENTITIES) as Entity[];
