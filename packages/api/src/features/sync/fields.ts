import { createHash } from "node:crypto";
import { z } from "zod";

/** PHP writes yes and no in many ways. */
const flag = z
  .unknown()
  .optional()
  .transform((value) => value === true || value === "Y" || value === "1" || value === 1);

const text = z.union([z.string(), z.number()]).transform(String);
const label = text.optional().catch(undefined);

const Item = z.object({ ID: text, VALUE: text });

/** One entry of a `*.fields` answer, as far as the mirror needs it; unknown keys and odd extras do no harm. */
const RawField = z.object({
  type: z.string().default("unknown").catch("unknown"),
  isMultiple: flag,
  isDynamic: flag,
  title: label,
  listLabel: label,
  formLabel: label,
  filterLabel: label,
  statusType: label,
  items: z.array(Item).catch([]),
});

/** A field of the portal. `label` is the words of the portal's own language. */
export interface PortalField {
  readonly name: string;
  readonly type: string;
  readonly multiple: boolean;
  /** Made by the portal's people, not by Bitrix24. */
  readonly custom: boolean;
  readonly label: string;
  /** ENTITY_ID in the status dictionary, for fields of type crm_status. */
  readonly statusType: string | null;
  readonly items: readonly { readonly id: string; readonly label: string }[];
}

const FieldName = z.string().min(1).max(255);

/**
 * Reads the answer of `crm.<entity>.fields`.
 * @throws ZodError when it is not a map of fields
 */
export function readFields(answer: unknown): PortalField[] {
  const raw = z.record(FieldName, RawField).parse(answer);
  return Object.entries(raw).map(([name, field]) => ({
    name,
    type: field.type,
    multiple: field.isMultiple,
    custom: field.isDynamic,
    label: pickLabel(name, [field.listLabel, field.formLabel, field.filterLabel, field.title]),
    statusType: field.statusType ?? null,
    items: field.items.map(({ ID, VALUE }) => ({ id: ID, label: VALUE })),
  }));
}

/** User fields repeat their code as the title; people's words are in the other labels. */
function pickLabel(name: string, candidates: readonly (string | undefined)[]): string {
  return candidates.find((candidate) => candidate && candidate !== name) ?? name;
}

/** Same fields, same fingerprint: tells without comparing tables that nothing changed. */
export function fieldsFingerprint(fields: readonly PortalField[]): string {
  const told = fields.map((one) => [
    one.name,
    one.type,
    one.multiple,
    one.custom,
    one.label,
    one.statusType,
    one.items,
  ]);
  return createHash("sha256").update(JSON.stringify(told)).digest("hex").slice(0, 32);
}
