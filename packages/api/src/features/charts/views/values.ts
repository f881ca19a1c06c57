import type { CatalogueValue } from "@b24kit/client/contract";
import type { Meaning } from "../../../platform/bitrix/codes.ts";
import type { MirrorDescription, MirrorStatus } from "../deps.ts";

/** More than these a person does not choose from, and a model does not read. */
const MOST_PEOPLE = 300;

/** The entries of a dictionary, in its order. */
export function dictionaryValues(mirror: MirrorDescription, dictionary: string): CatalogueValue[] {
  return mirror.statuses.filter((status) => status.dictionary === dictionary).map(toValue);
}

/** The stages of all funnels of deals. Codes are the same in no two of them. */
export function dealStageValues(mirror: MirrorDescription): CatalogueValue[] {
  return mirror.statuses
    .filter(({ dictionary }) => /^DEAL_STAGE(_\d+)?$/.test(dictionary))
    .map((status, order) => ({
      ...toStage(status, order),
      group: status.dictionary.slice("DEAL_STAGE_".length) || "0",
    }));
}

export function leadStageValues(mirror: MirrorDescription): CatalogueValue[] {
  return mirror.statuses.filter(({ dictionary }) => dictionary === "STATUS").map(toStage);
}

export const SEMANTICS = [
  { code: "open", label: { ru: "В работе", en: "Open" }, order: 0, semantic: "open" },
  { code: "won", label: { ru: "Успех", en: "Won" }, order: 1, semantic: "won" },
  { code: "lost", label: { ru: "Провал", en: "Lost" }, order: 2, semantic: "lost" },
] as const satisfies readonly CatalogueValue[];

/** A short closed list of ours: what the view makes of the portal's codes, with words in both languages. */
export function ownValues(
  ...values: readonly (readonly [code: string, ru: string, en: string])[]
): CatalogueValue[] {
  return values.map(([code, ru, en], order) => ({ code, label: { ru, en }, order }));
}

/** SQL that makes such a value of the portal's code; NULL where it is none of these. */
export function ownCode(sql: string, codes: Readonly<Record<string, string>>): string {
  const cases = Object.entries(codes).map(([portals, ours]) => `WHEN '${portals}' THEN '${ours}'`);
  return `CASE ${sql}::text ${cases.join(" ")} END`;
}

/** The meanings of the portal's codes as such values. */
export const meantValues = (meanings: readonly Meaning[]): CatalogueValue[] =>
  meanings.map(({ name, label }, order) => ({ code: name, label, order }));

/** SQL of what a code of the portal's means; NULL where it is none of these. */
export const meant = (sql: string, meanings: readonly Meaning[]): string =>
  ownCode(sql, Object.fromEntries(meanings.flatMap(({ name, codes }) => codes.map((code) => [code, name]))));

/** People, funnels, departments and currencies by their ids. */
export function namedValues(
  entries: readonly { readonly id: number | string; readonly name: string | null }[],
): CatalogueValue[] {
  return entries.slice(0, MOST_PEOPLE).map(({ id, name }, order) => ({
    code: String(id),
    label: sameInBoth(name ?? String(id)),
    order,
  }));
}

export function sameInBoth(text: string) {
  return { ru: text, en: text };
}

function toValue({ code, name }: MirrorStatus, order: number): CatalogueValue {
  return { code, label: sameInBoth(name), order };
}

function toStage(status: MirrorStatus, order: number): CatalogueValue {
  const semantic = status.semantics === "S" ? "won" : status.semantics === "F" ? "lost" : "open";
  const color = /^#[\da-f]{6}$/i.test(status.color ?? "") ? { color: status.color! } : {};
  return { ...toValue(status, order), ...color, semantic };
}
