import { type Data, DataType, type Table } from "apache-arrow";

/** Every value of a table as text, by column, read from Arrow's raw buffers; null where null. */
export function rawTexts(table: Table): Record<string, (string | null)[]> {
  const result: Record<string, (string | null)[]> = {};
  table.schema.fields.forEach((field, i) => {
    const vector = table.getChildAt(i)!;
    const isRaw =
      DataType.isInt(field.type) || DataType.isTimestamp(field.type) || DataType.isDate(field.type);
    result[field.name] = isRaw
      ? vector.data.flatMap((data) => rawValues(data))
      : Array.from({ length: vector.length }, (_, row) => textOf(vector.get(row)));
  });
  return result;
}

/** Stored integers as they are: apache-arrow's getters would turn times into fractions of milliseconds. */
function rawValues(data: Data): (string | null)[] {
  const values = data.values as ArrayLike<number | bigint>;
  return Array.from({ length: data.length }, (_, row) => (data.getValid(row) ? String(values[row]) : null));
}

export function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return Object.is(value, -0) ? "0" : String(value);
}
