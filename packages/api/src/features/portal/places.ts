/** Where our buttons are, what we hear, and which addresses of ours the portal calls. Names are Bitrix24's. */

export const RECORD_KINDS = ["LEAD", "DEAL", "CONTACT", "COMPANY"] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** A button above each list and in each card. */
export const PLACEMENTS: readonly string[] = RECORD_KINDS.flatMap((kind) => [
  `CRM_${kind}_LIST_TOOLBAR`,
  `CRM_${kind}_DETAIL_TOOLBAR`,
]);

export const EVENTS: readonly string[] = [
  ...RECORD_KINDS.flatMap((kind) => ["ADD", "UPDATE", "DELETE"].map((what) => `ONCRM${kind}${what}`)),
  // A move to another funnel is not told as an update.
  "ONCRMDEALMOVETOCATEGORY",
  "ONAPPINSTALL",
  "ONAPPUPDATE",
  "ONAPPUNINSTALL",
  "ONAPPTEST",
];

export const BUTTON_PATH = "/api/bitrix24/button_handler";
export const EVENT_PATH = "/api/bitrix24/webhook";

/** What the button says. */
export const BUTTON_WORDS = {
  ru: { TITLE: "Данные CRM", DESCRIPTION: "Таблицы и графики по зеркалу CRM" },
  en: { TITLE: "CRM data", DESCRIPTION: "Tables and charts of the CRM's mirror" },
} as const;

/** `CRM_DEAL_DETAIL_TOOLBAR` → the deal's card. */
export function readPlacement(code: string): { kind: RecordKind; view: "list" | "card" } | null {
  const match = /^CRM_(LEAD|DEAL|CONTACT|COMPANY)_(LIST|DETAIL)_/.exec(code);
  return match ? { kind: match[1] as RecordKind, view: match[2] === "LIST" ? "list" : "card" } : null;
}
