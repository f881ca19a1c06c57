import type { Language } from "./page.ts";
import type { Place, RecordKind } from "./places.ts";

/** One element of a page. */
export interface Part {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | true>>;
}

/** What stands where: the subject, beside it what hangs on it, below rows of charts and tables. */
export interface Layout {
  readonly main: readonly Part[];
  readonly side: readonly Part[];
  readonly wide: readonly (readonly Part[])[];
}

interface KindOf {
  readonly query: string;
  readonly entity: string;
  readonly ru: string;
  readonly en: string;
}

const KINDS: Readonly<Record<RecordKind, KindOf>> = {
  DEAL: { query: "deals", entity: "deal", ru: "Сделка", en: "Deal" },
  LEAD: { query: "leads", entity: "lead", ru: "Лид", en: "Lead" },
  CONTACT: { query: "contacts", entity: "contact", ru: "Контакт", en: "Contact" },
  COMPANY: { query: "companies", entity: "company", ru: "Компания", en: "Company" },
};

const chart = (query: string, attributes: Part["attributes"] = {}): Part => ({
  tag: "b24-chart",
  attributes: { query, ...attributes },
});
const table = (kind: RecordKind, params: string): Part => ({
  tag: "b24-table",
  attributes: { query: KINDS[kind].query, params },
});
const record = (kind: RecordKind, params: string, language: Language): Part => ({
  tag: "b24-record",
  attributes: { query: KINDS[kind].query, params, heading: KINDS[kind][language] },
});
/** How the copy is that all this is read from. */
const copy = (...kinds: RecordKind[]): Part => ({
  tag: "b24-sync-status",
  attributes: { entities: kinds.map((kind) => KINDS[kind].entity).join(" ") },
});
const DAYS = { ru: "Сколько дней на каждой стадии", en: "Days on each stage" };

/** Moves from stage to stage, and how long the record stood on each. */
const history = (params: string): Part => ({
  tag: "b24-history",
  attributes: { query: "stage-history", params },
});
const byStage = (query: string, params?: string): Part =>
  chart(query, { type: "bar", x: "stage", y: "count", ...(params ? { params } : {}) });

const LISTS: Readonly<Record<RecordKind, readonly Part[]>> = {
  DEAL: [byStage("deals-by-stage"), chart("deals-by-month", { type: "line" })],
  LEAD: [byStage("leads-by-stage"), chart("leads-by-source", { type: "bar" })],
  CONTACT: [chart("contacts-by-month", { type: "line" }), chart("contacts-by-source", { type: "bar" })],
  COMPANY: [chart("companies-by-month", { type: "line" }), chart("companies-by-industry", { type: "bar" })],
};

/** The elements that fit a place. */
export function partsOf(place: Place, language: Language): Layout {
  if (place.view === "card") return cardOf(place.kind, place.recordId, language);
  if (place.view === "application")
    return { main: [copy("DEAL", "LEAD", "CONTACT", "COMPANY")], side: [], wide: [LISTS.DEAL, LISTS.LEAD] };
  const { kind } = place;
  return { main: [table(kind, "limit=10000")], side: [], wide: [LISTS[kind], [copy(kind)]] };
}

function cardOf(kind: RecordKind, id: number, language: Language): Layout {
  const own = (of: RecordKind, params: string) => record(of, params, language);
  const self = own(kind, `id=${id}`);
  const here = `${KINDS[kind].entity}=${id}`;
  switch (kind) {
    case "DEAL":
      return {
        main: [self, history(here)],
        side: [own("CONTACT", here), own("COMPANY", here)],
        wide: [
          [
            chart("stage-history", {
              type: "bar",
              x: "stage",
              y: "days",
              params: here,
              heading: DAYS[language],
            }),
            byStage("deals-by-stage"),
          ],
          [copy("DEAL", "CONTACT", "COMPANY")],
        ],
      };
    case "LEAD":
      return { main: [self], side: [history(here)], wide: [LISTS.LEAD, [copy("LEAD")]] };
    case "CONTACT":
      return {
        main: [self],
        side: [byStage("deals-by-stage", here)],
        wide: [[table("DEAL", here)], [copy("CONTACT", "DEAL")]],
      };
    case "COMPANY":
      return {
        main: [self],
        side: [byStage("deals-by-stage", here)],
        wide: [[table("CONTACT", here)], [table("DEAL", here)], [copy("COMPANY", "CONTACT", "DEAL")]],
      };
  }
}
