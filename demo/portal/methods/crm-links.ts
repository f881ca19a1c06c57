import { asInteger, asMap } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import type { Link } from "../store/link-rows.ts";
import { describeLinkFields, LINK_KINDS, type LinkKind, readLink, showLink, withLink } from "./link-kinds.ts";

/** Links of records: `crm.{deal,lead}.contact.*`, `crm.contact.company.*`, `crm.company.contact.*`. */
export const CRM_LINK_METHODS: readonly Method[] = LINK_KINDS.flatMap((kind) => {
  const method = (name: string, run: (call: Call, kind: LinkKind) => unknown): Method => ({
    name: `crm.${kind.owner}.${kind.other}.${name}`,
    scopes: ["crm"],
    run: (call): Answer => ({ result: run(call, kind) }),
  });
  return [
    method("fields", (_, { idName }) => describeLinkFields(idName)),
    method("items.get", (call) => readOwner(call, kind).map((link) => showLink(link, kind.idName))),
    method("items.set", setLinks),
    method("items.delete", (call) => {
      readOwner(call, kind);
      kind.write(call, ownerId(call), []);
      return true;
    }),
    method("add", addLink),
    method("delete", deleteLink),
  ];
});

function ownerId({ params }: Call): number {
  const id = asInteger(params.get("id"));
  if (id <= 0) throw new RestError("", "The parameter 'ownerEntityID' is invalid or not defined.");
  return id;
}

function readOwner(call: Call, { owner, read }: LinkKind): Link[] {
  const id = ownerId(call);
  if (!call.portal.crm.tables[owner].has(id)) throw new RestError("", "Not found");
  return read(call.portal.crm, id);
}

function setLinks(call: Call, kind: LinkKind): boolean {
  const id = ownerId(call);
  const items = asMap(call.params.get("items"));
  if (!items) throw new RestError("", "The parameter items must be array.");
  readOwner(call, kind);
  const links = Object.values(items).reduce<Link[]>((before, item) => {
    const link = readLink(asMap(item) ?? {}, kind.idName, before);
    return link && kind.exists(call.portal.crm, link.id) ? withLink(before, link) : before;
  }, []);
  kind.write(call, id, links);
  return true;
}

/** False where the two are linked already. */
function addLink(call: Call, kind: LinkKind): boolean {
  const id = ownerId(call);
  const link = requireLink(call, kind, "fields");
  const before = readOwner(call, kind);
  if (before.some((known) => known.id === link.id)) return false;
  const placed = readLink(asMap(call.params.get("fields")) ?? {}, kind.idName, before) ?? link;
  kind.write(call, id, withLink(before, placed));
  return true;
}

/** False where there was no such link. */
function deleteLink(call: Call, kind: LinkKind): boolean {
  const id = ownerId(call);
  const link = requireLink(call, kind, "item");
  const before = readOwner(call, kind);
  const left = before.filter((known) => known.id !== link.id);
  if (left.length === before.length) return false;
  kind.write(call, id, left);
  return true;
}

function requireLink(call: Call, { idName }: LinkKind, called: string): Link {
  const fields = asMap(call.params.get("fields"));
  if (!fields) throw new RestError("", `The parameter '${called}' must be array.`);
  const link = readLink(fields, idName, []);
  if (!link) throw new RestError("", "The parameter 'fields' is not valid.");
  return link;
}
