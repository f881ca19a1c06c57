/** A cell of the grid; row -1 is the header. */
export interface CellPlace {
  row: number;
  column: number;
}

export interface GridSize {
  rows: number;
  columns: number;
  /** Rows that fit the view. */
  page: number;
}

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

/** Where a key leads from a cell, as the ARIA grid pattern has it; undefined for keys that do not move. */
export function moveCell(
  from: CellPlace,
  key: string,
  toEdge: boolean,
  size: GridSize,
): CellPlace | undefined {
  const lastRow = size.rows - 1;
  const lastColumn = size.columns - 1;
  const { row, column } = from;
  switch (key) {
    case "ArrowLeft":
      return { row, column: clamp(column - 1, 0, lastColumn) };
    case "ArrowRight":
      return { row, column: clamp(column + 1, 0, lastColumn) };
    case "ArrowUp":
      return { row: clamp(row - 1, -1, lastRow), column };
    case "ArrowDown":
      return { row: clamp(row + 1, -1, lastRow), column };
    case "PageUp":
      return { row: clamp(row - size.page, Math.min(0, lastRow), lastRow), column };
    case "PageDown":
      return { row: clamp(row + size.page, 0, lastRow), column };
    case "Home":
      return toEdge ? { row: Math.min(0, lastRow), column: 0 } : { row, column: 0 };
    case "End":
      return toEdge ? { row: lastRow, column: lastColumn } : { row, column: lastColumn };
    default:
      return undefined;
  }
}
