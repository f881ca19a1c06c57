import type { DashboardTile } from "@b24kit/client";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { COLUMNS } from "./arrange.ts";

type Change = Partial<Pick<DashboardTile, "x" | "y" | "width" | "height">>;

interface Options {
  grid: () => HTMLElement | null;
  rowHeight: number;
  onPlace: (chart: string, change: Change) => void;
  /** Said aloud after a key has moved a tile. */
  onMoved: (chart: string) => void;
}

const KEYS: Record<string, [x: number, y: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

interface Drag {
  tile: DashboardTile;
  resize: boolean;
  fromX: number;
  fromY: number;
}

/** Moves and resizes tiles: by the pointer, and by arrows (with Shift they resize). */
export class MoveController implements ReactiveController {
  /** Chart of the tile under way. */
  dragged: string | undefined;
  readonly #options: Options;
  #drag: Drag | undefined;

  constructor(host: ReactiveControllerHost, options: Options) {
    this.#options = options;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#drag = undefined;
    this.dragged = undefined;
  }

  readonly begin = (event: PointerEvent, tile: DashboardTile, resize: boolean): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    (event.currentTarget as HTMLElement).focus();
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#drag = { tile, resize, fromX: event.clientX, fromY: event.clientY };
    this.dragged = tile.chart;
  };

  readonly move = (event: PointerEvent): void => {
    const drag = this.#drag;
    const grid = this.#options.grid();
    if (!drag || !grid) return;
    const column = grid.clientWidth / COLUMNS;
    const x = Math.round((event.clientX - drag.fromX) / column);
    const y = Math.round((event.clientY - drag.fromY) / this.#options.rowHeight);
    const { tile } = drag;
    const change = drag.resize
      ? { width: tile.width + x, height: tile.height + y }
      : { x: tile.x + x, y: tile.y + y };
    this.#options.onPlace(tile.chart, change);
  };

  readonly end = (): void => {
    this.#drag = undefined;
    this.dragged = undefined;
  };

  readonly key = (event: KeyboardEvent, tile: DashboardTile): void => {
    const step = KEYS[event.key];
    if (!step) return;
    event.preventDefault();
    const [x, y] = step;
    const change = event.shiftKey
      ? { width: tile.width + x, height: tile.height + y }
      : { x: tile.x + x, y: tile.y + y };
    this.#options.onPlace(tile.chart, change);
    this.#options.onMoved(tile.chart);
  };
}
