import { columnFromValues, Table, tableToIPC } from "@uwdata/flechette";

const TYPE = "application/vnd.apache.arrow.file";

/** The encoder writes the dictionary of a column's first batch for all of them. */
const sharesDictionaries = ({ children }: Table): boolean =>
  children.every(({ data }) => {
    const dictionaries = (data as readonly { dictionary?: unknown }[]).map(({ dictionary }) => dictionary);
    return new Set(dictionaries).size < 2;
  });

/** A table as an Arrow file, with the metadata it came with. */
export function arrowFileOf(table: Table): Blob {
  const whole = sharesDictionaries(table)
    ? table
    : new Table(
        table.schema,
        table.children.map((column) => columnFromValues(column, column.type)),
      );
  return new Blob([tableToIPC(whole, { format: "file" }) as Uint8Array<ArrayBuffer>], { type: TYPE });
}
