import type { PortalField } from "./fields.ts";

/** What happened to a field of the portal. `replaced`: deleted and made anew under the same name. */
export type SchemaChangeKind = "added" | "removed" | "replaced" | "retyped" | "relabelled" | "choices";

export interface SchemaChange {
  readonly field: string;
  readonly change: SchemaChangeKind;
  /** What it was and what it is, as far as that tells something. */
  readonly before: string | null;
  readonly after: string | null;
}

/** How the fields differ from what they were; nothing where there were none. `replaced`: names of fields made anew. */
export function compareFields(
  before: readonly PortalField[],
  after: readonly PortalField[],
  replaced: ReadonlySet<string>,
): SchemaChange[] {
  if (before.length === 0) return [];
  const were = new Map(before.map((field) => [field.name, field]));
  const are = new Set(after.map(({ name }) => name));
  const removed = before.filter(({ name }) => !are.has(name));
  return [
    ...removed.map((field) => change(field.name, "removed", typeOf(field), null)),
    ...after.flatMap((field) => compareField(were.get(field.name), field, replaced.has(field.name))),
  ];
}

function compareField(was: PortalField | undefined, is: PortalField, replaced: boolean): SchemaChange[] {
  const { name } = is;
  if (was === undefined) return [change(name, "added", null, typeOf(is))];
  const changes: SchemaChange[] = [];
  if (typeOf(was) !== typeOf(is)) changes.push(change(name, "retyped", typeOf(was), typeOf(is)));
  else if (replaced) changes.push(change(name, "replaced", typeOf(was), typeOf(is)));
  if (was.label !== is.label) changes.push(change(name, "relabelled", was.label, is.label));
  if (choicesOf(was) !== choicesOf(is)) changes.push(change(name, "choices", choicesOf(was), choicesOf(is)));
  return changes;
}

const change = (
  field: string,
  kind: SchemaChangeKind,
  before: string | null,
  after: string | null,
): SchemaChange => ({ field, change: kind, before, after });

const typeOf = ({ type, multiple }: PortalField) => (multiple ? `${type}[]` : type);

const choicesOf = ({ items }: PortalField) => items.map(({ label }) => label).join(", ");
