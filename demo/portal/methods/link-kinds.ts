import { describeField } from "../fields/field.ts";
import { asFlag, asInteger } from "../php.ts";
import type { Call } from "../rest/method.ts";
import type { Crm } from "../store/crm.ts";
import { type Link, type LinkList, linkColumns, linksOf, nextSort } from "../store/link-rows.ts";
import type { Entity } from "../values.ts";
import { describe } from "./crm-records.ts";
import { touchRecord } from "./touch.ts";

type IdName = "CONTACT_ID" | "COMPANY_ID";

/** One kind of link, seen from one of its two sides. */
export interface LinkKind {
  owner: Entity;
  other: Entity;
  /** The column that names the other side. */
  idName: IdName;
  exists(crm: Crm, id: number): boolean;
  read(crm: Crm, ownerId: number): Link[];
  write(call: Call, ownerId: number, links: readonly Link[]): void;
}

export const LINK_KINDS: readonly LinkKind[] = [
  forward("deal", "contact", "CONTACT_ID"),
  forward("lead", "contact", "CONTACT_ID"),
  forward("contact", "company", "COMPANY_ID"),
  {
    owner: "company",
    other: "contact",
    idName: "CONTACT_ID",
    exists: (crm, id) => crm.tables.contact.has(id),
    read: readBackwards,
    write: writeBackwards,
  },
];

/** Links that the owner's own row keeps. */
function forward(owner: Entity, other: Entity, idName: IdName): LinkKind {
  const list: LinkList = idName === "CONTACT_ID" ? "CONTACT_IDS" : "COMPANY_IDS";
  return {
    owner,
    other,
    idName,
    exists: (crm, id) => crm.tables[other].has(id),
    read: (crm, id) => linksOf(crm.tables[owner].get(id) ?? {}, list),
    write: (call, id, links) => touchRecord(call, owner, id, linkColumns(links, list)),
  };
}

/** A company's contacts: each contact keeps the link, with its place among its own companies. */
function readBackwards({ companyContacts, tables }: Crm, companyId: number): Link[] {
  return companyContacts.of(companyId).flatMap((contactId) => {
    const link = linksOf(tables.contact.get(contactId) ?? {}, "COMPANY_IDS").find(
      ({ id }) => id === companyId,
    );
    return link ? [{ ...link, id: contactId }] : [];
  });
}

function writeBackwards(call: Call, companyId: number, links: readonly Link[]): void {
  const { tables, companyContacts } = call.portal.crm;
  const wanted = new Map(links.map((link) => [link.id, link]));
  for (const contactId of new Set([...companyContacts.of(companyId), ...wanted.keys()])) {
    const all = linksOf(tables.contact.get(contactId) ?? {}, "COMPANY_IDS");
    const before = all.find(({ id }) => id === companyId);
    const link = wanted.get(contactId);
    if (before && link && before.sort === link.sort && before.role === link.role) continue;
    const others = all.filter(({ id }) => id !== companyId);
    // What is primary among a company's contacts says nothing of the contact's own main company.
    const after = link
      ? [...others, { ...link, id: companyId, primary: before?.primary ?? all.length === 0 }]
      : others;
    touchRecord(call, "contact", contactId, linkColumns(after, "COMPANY_IDS"));
  }
  touchRecord(call, "company", companyId, {});
}

/** A link as a request describes it; null where it names nobody. */
export function readLink(
  item: Record<string, unknown>,
  idName: IdName,
  before: readonly Link[],
): Link | null {
  const id = asInteger(item[idName]);
  if (id <= 0) return null;
  const sort = item.SORT === undefined ? nextSort(before) : asInteger(item.SORT);
  return { id, sort, role: asInteger(item.ROLE_ID ?? 0), primary: asFlag(item.IS_PRIMARY) };
}

/** A new link takes the first place from the others where it is to be primary; the first of all is. */
export function withLink(before: readonly Link[], link: Link): Link[] {
  const others = before.filter(({ id }) => id !== link.id);
  const kept = others.map((known) => ({ ...known, primary: known.primary && !link.primary }));
  return [...kept, { ...link, primary: link.primary || !kept.some(({ primary }) => primary) }];
}

export function showLink({ id, sort, role, primary }: Link, idName: IdName) {
  return { [idName]: id, SORT: sort, ROLE_ID: role, IS_PRIMARY: primary ? "Y" : "N" };
}

export function describeLinkFields(idName: IdName): Record<string, unknown> {
  const fields = [
    describeField([idName, "integer", idName === "CONTACT_ID" ? "Контакт" : "Компания", "r"]),
    describeField(["SORT", "integer", "Сортировка"]),
    describeField(["IS_PRIMARY", "char", "Основной"]),
  ];
  return Object.fromEntries(fields.map((field) => [field.name, describe(field)]));
}
