import type { CatalogueColumn } from "@b24kit/client/contract";
import type { ColumnInfo } from "../../platform/arrow/column-plan.ts";

/** What a result's column means that has a catalogue column's values, whatever it is called there. */
export function toColumnInfo(
  column: Omit<CatalogueColumn, "unit"> & { readonly unit?: string | undefined },
  original = column.name,
): ColumnInfo {
  const { name, label, kind, unit, link, values } = column;
  const colors = Object.fromEntries(
    (values ?? []).flatMap(({ code, color }) => (color ? [[code, color]] : [])),
  );
  // A link is filled in from columns of the row; under another name they would not be found.
  const linked = link !== undefined && name === original ? { link } : {};
  return {
    ...{ name, label, kind },
    ...(unit === undefined ? {} : { unit }),
    ...linked,
    ...(Object.keys(colors).length > 0 ? { colors } : {}),
  };
}
