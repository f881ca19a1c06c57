import type { Catalogue, CatalogueColumn, CatalogueTable, SharingLevel } from "@b24kit/client/contract";
import { asData } from "../../../platform/ai/as-data.ts";

/** What the model is shown of a portal. */
export interface CatalogueSlice {
  readonly currency: string | null;
  readonly views: readonly {
    readonly name: string;
    readonly label: string;
    readonly rows?: number | null;
    readonly columns: readonly SliceColumn[];
  }[];
  readonly joins: readonly string[];
}

interface SliceColumn {
  readonly name: string;
  readonly type: string;
  readonly label: string;
  readonly unit?: string;
  readonly words?: string;
  readonly base?: string;
  readonly values?: readonly { readonly code: string; readonly label: string; readonly means?: string }[];
}

const MAX_VALUES = 40;
/** Their names are people's: they are never shown. */
const PEOPLE = new Set(["user", "department"]);

/**
 * The part of a catalogue that a level of sharing lets the model see. Labels were written by people of the portal, and
 * whoever could write one may wish the model ill: they go in as short values of a JSON document.
 * @param within names of the views that the asking person may use
 */
export function sliceCatalogue(
  catalogue: Catalogue,
  sharing: SharingLevel,
  within: (table: CatalogueTable) => boolean = () => true,
): CatalogueSlice {
  const tables = catalogue.tables.filter(within);
  const known = new Set(tables.map(({ name }) => name));
  return {
    currency: catalogue.baseCurrency,
    views: tables.map((table) => ({
      name: table.name,
      label: bilingual(table.label),
      ...(sharing === "aggregates" ? { rows: table.rows } : {}),
      columns: table.columns.map((column) => sliceColumn(column, sharing)),
    })),
    joins: catalogue.joins
      .filter(({ from, to }) => known.has(from.table) && known.has(to.table))
      .map(({ from, to }) => `${from.table}.${from.column} = ${to.table}.${to.column}`),
  };
}

function sliceColumn(column: CatalogueColumn, sharing: SharingLevel): SliceColumn {
  const { name, type, label, unit, words, base, kind, values = [], pii } = column;
  const shown = (sharing === "values" || sharing === "aggregates") && !pii && !PEOPLE.has(kind);
  return {
    ...{ name, type, label: bilingual(label) },
    ...(unit ? { unit } : {}),
    ...(words ? { words } : {}),
    ...(base ? { base } : {}),
    ...(shown && values.length > 0
      ? {
          values: values.slice(0, MAX_VALUES).map(({ code, label: word, semantic }) => ({
            code: asData(code),
            label: asData(word.ru),
            ...(semantic ? { means: semantic } : {}),
          })),
        }
      : {}),
  };
}

function bilingual({ ru, en }: { ru: string; en: string }): string {
  return ru === en ? asData(ru) : `${asData(ru)} / ${asData(en)}`;
}
