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
  ...RECORD_KINDS.flatMap((kind) =>
    ["ADD", "UPDATE", "DELETE", "SETENUMVALUES"].map((what) => `ONCRM${kind}USERFIELD${what}`),
  ),
  // Items of all smart processes; which one is in the event's data.
  ...["ADD", "UPDATE", "DELETE"].map((what) => `ONCRMDYNAMICITEM${what}`),
  "ONAPPINSTALL",
  "ONAPPUPDATE",
  "ONAPPUNINSTALL",
  "ONAPPTEST",
];

/** Of tasks hears only who may read them. */
const TASK_EVENTS: readonly string[] = ["ONTASKADD", "ONTASKUPDATE", "ONTASKDELETE"];

/** The events that an application with these scopes can hear. */
export function eventsOf(scopes: readonly string[]): readonly string[] {
  return scopes.includes("task") ? [...EVENTS, ...TASK_EVENTS] : EVENTS;
}

export const INSTALL_PATH = "/bitrix/oauth/install";
export const CALLBACK_PATH = "/bitrix/oauth/callback";
export const HANDLER_PATH = "/api/bitrix24";
export const BUTTON_PATH = "/api/bitrix24/button_handler";
export const EVENT_PATH = "/api/bitrix24/webhook";

/** What the button says. */
export const BUTTON_WORDS = {
  ru: { TITLE: "Данные CRM", DESCRIPTION: "Таблицы и графики по зеркалу CRM" },
  en: { TITLE: "CRM data", DESCRIPTION: "Tables and charts of the CRM's mirror" },
} as const;

/** Titles of our pages; the words on them are the elements'. */
export const pageTitles = {
  ru: { install: "Установка b24kit в Битрикс24", data: BUTTON_WORDS.ru.TITLE },
  en: { install: "Install b24kit in Bitrix24", data: BUTTON_WORDS.en.TITLE },
} as const;

/** Where a page stands in the portal. */
export type Place =
  | { readonly view: "card"; readonly kind: RecordKind; readonly recordId: number }
  | { readonly view: "list"; readonly kind: RecordKind }
  /** The application's own page. */
  | { readonly view: "application" };

/** `CRM_DEAL_DETAIL_TOOLBAR` with the id of a record is the deal's card. */
export function readPlace(code: string, recordId: number | null): Place {
  const [, kind, where] = /^CRM_(LEAD|DEAL|CONTACT|COMPANY)_(LIST|DETAIL)_/.exec(code) ?? [];
  if (!kind) return { view: "application" };
  if (where === "DETAIL" && recordId !== null) return { view: "card", kind: kind as RecordKind, recordId };
  return { view: "list", kind: kind as RecordKind };
}
