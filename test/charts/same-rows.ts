/**
 * Whether an answer holds the rows that are right: order and names of columns do not matter, words beside codes may be
 * there as well, and places in which nothing happened may be shown or not.
 */
export function sameRows(gold: readonly unknown[][], answer: readonly unknown[][]): boolean {
  const right = gold.map((row) => row.map(plain)).filter(hasFigures);
  const width = right[0]?.length ?? gold[0]?.length ?? 0;
  const rows = answer.map((row) => row.map(plain));
  if (right.length === 0) return rows.every((row) => !hasFigures(row));
  const columns = Array.from({ length: rows[0]?.length ?? 0 }, (_, i) => i);
  const used: number[] = [];
  const target = right
    .map((row) => JSON.stringify(row))
    .sort()
    .join("\n");
  const fits = (): boolean => {
    if (used.length === width) {
      const picked = rows.map((row) => used.map((i) => row[i]!)).filter(hasFigures);
      return (
        picked
          .map((row) => JSON.stringify(row))
          .sort()
          .join("\n") === target
      );
    }
    return columns.some((i) => {
      if (used.includes(i)) return false;
      used.push(i);
      const found = fits();
      used.pop();
      return found;
    });
  };
  return fits();
}

/** The last column of a grouped row is its figure: nothing there is nothing at all. */
function hasFigures(row: readonly string[]): boolean {
  return row.length === 1 || (row.at(-1) !== "0" && row.some((value) => value !== ""));
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date)
    return `${value.getFullYear()}-${pad(value.getMonth() + 1)}-${pad(value.getDate())}`;
  const text = String(value);
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text) ? String(Number(Number(text).toPrecision(9))) : text;
}

const pad = (number: number) => String(number).padStart(2, "0");
