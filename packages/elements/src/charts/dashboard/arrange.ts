import type { ChartForm, DashboardTile } from "@b24kit/client";

export const COLUMNS = 12;
const LEAST_WIDTH = 2;
const LEAST_HEIGHT = 3;
const MOST_HEIGHT = 24;

type Tiles = readonly DashboardTile[];

const overlap = (a: DashboardTile, b: DashboardTile) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

/** A tile kept within the grid. */
function fitted(tile: DashboardTile): DashboardTile {
  const width = clamp(tile.width, LEAST_WIDTH, COLUMNS);
  const height = clamp(tile.height, LEAST_HEIGHT, MOST_HEIGHT);
  return { ...tile, width, height, x: clamp(tile.x, 0, COLUMNS - width), y: clamp(tile.y, 0, 1000) };
}

/** Moves tiles up as far as nothing is in their way, those above first; the fixed one stays where it was put. */
function settle(tiles: Tiles, fixed?: string): DashboardTile[] {
  const placed: DashboardTile[] = [];
  const first = tiles.filter(({ chart }) => chart === fixed);
  const others = tiles.filter(({ chart }) => chart !== fixed).toSorted((a, b) => a.y - b.y || a.x - b.x);
  for (const tile of [...first, ...others]) {
    let y = tile.chart === fixed ? tile.y : 0;
    while (placed.some((one) => overlap(one, { ...tile, y }))) y++;
    placed.push({ ...tile, y });
  }
  return placed;
}

/** The board with one tile moved or resized: others make way, and no holes stay above them. */
export function place(
  tiles: Tiles,
  chart: string,
  change: Partial<Pick<DashboardTile, "x" | "y" | "width" | "height">>,
): DashboardTile[] {
  const moved = tiles.map((tile) => (tile.chart === chart ? fitted({ ...tile, ...change }) : tile));
  const settled = settle(settle(moved, chart));
  return tiles.map((tile) => settled.find((one) => one.chart === tile.chart)!);
}

/** The board without a tile. */
export const without = (tiles: Tiles, chart: string): DashboardTile[] =>
  settle(tiles.filter((tile) => tile.chart !== chart));

type TileSize = Pick<DashboardTile, "width" | "height">;
const USUAL: TileSize = { width: 6, height: 7 };
/** Forms that name their places one below another. */
const LISTS: ReadonlySet<ChartForm> = new Set(["bar", "funnel"]);

/** What a chart needs to be read: a figure little, a long list of stages more. */
export function tileSize(form: ChartForm, rows: number): TileSize {
  if (form === "kpi") return { width: 6, height: 4 };
  if (form === "table" || form === "pivot") return { width: 12, height: 8 };
  if (LISTS.has(form))
    return { width: 6, height: Math.min(14, Math.max(7, Math.ceil((32 * rows + 180) / 64))) };
  return USUAL;
}

/** The board with one more tile: in the first gap that it fits, reading down. */
export function added(tiles: Tiles, chart: string, { width, height } = USUAL): DashboardTile[] {
  for (let y = 0; ; y++) {
    for (let x = 0; x + width <= COLUMNS; x += width) {
      const tile = { chart, x, y, width, height };
      if (!tiles.some((one) => overlap(one, tile))) return [...tiles, tile];
    }
  }
}

/** Tiles in the order in which they are read. */
export const inOrder = (tiles: Tiles): DashboardTile[] => tiles.toSorted((a, b) => a.y - b.y || a.x - b.x);
