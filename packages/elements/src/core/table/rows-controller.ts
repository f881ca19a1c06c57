import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type Range,
  Virtualizer,
} from "@tanstack/virtual-core";
import type { LitElement, ReactiveController } from "lit";

export interface VirtualRow {
  index: number;
  /** Distance from the top of the body, px. */
  start: number;
}

const OVERSCAN = 8;

/** Which rows are in view: only those are drawn, and the one that holds the focus, wherever it is. */
export class RowsController implements ReactiveController {
  /** Rows to draw. */
  count = 0;
  /** Index of the row that must stay in the document; -1 for none. */
  pinned = -1;
  readonly rowHeight: number;
  readonly #host: LitElement;
  readonly #virtualizer: Virtualizer<HTMLElement, HTMLElement>;
  #unmount: (() => void) | undefined;

  constructor(host: LitElement, scroller: () => HTMLElement | null) {
    this.#host = host;
    this.rowHeight = matchMedia("(pointer: coarse)").matches ? 44 : 36;
    this.#virtualizer = new Virtualizer(this.#options(scroller));
    this.#scroller = scroller;
    host.addController(this);
  }

  readonly #scroller: () => HTMLElement | null;

  hostConnected(): void {
    this.#unmount = this.#virtualizer._didMount();
  }

  hostDisconnected(): void {
    this.#unmount?.();
  }

  hostUpdated(): void {
    this.#virtualizer._willUpdate();
  }

  /** Rows to draw now, after `count` and `pinned` were set. */
  items(): VirtualRow[] {
    this.#virtualizer.setOptions(this.#options(this.#scroller));
    return this.#virtualizer.getVirtualItems();
  }

  get totalHeight(): number {
    return this.count * this.rowHeight;
  }

  /** Rows that fit the view. */
  get page(): number {
    const height = this.#scroller()?.clientHeight ?? 0;
    return Math.max(1, Math.floor(height / this.rowHeight) - 2);
  }

  show(index: number): void {
    this.#virtualizer.scrollToIndex(index, { align: "auto" });
  }

  toTop(): void {
    this.#virtualizer.scrollToOffset(0);
  }

  #options(scroller: () => HTMLElement | null) {
    return {
      count: this.count,
      getScrollElement: scroller,
      estimateSize: () => this.rowHeight,
      overscan: OVERSCAN,
      // The sticky header covers one row's height of the scroller.
      scrollPaddingEnd: this.rowHeight,
      // Asked anew only when the function is another one.
      rangeExtractor: this.#rangeWith(this.pinned),
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      onChange: () => this.#host.requestUpdate(),
    };
  }

  #range: { pinned: number; extract: (range: Range) => number[] } | undefined;

  #rangeWith(pinned: number): (range: Range) => number[] {
    if (this.#range?.pinned !== pinned) {
      const extract = (range: Range): number[] => {
        const indexes = defaultRangeExtractor(range);
        if (pinned < 0 || pinned >= range.count || indexes.includes(pinned)) return indexes;
        return pinned < (indexes[0] ?? 0) ? [pinned, ...indexes] : [...indexes, pinned];
      };
      this.#range = { pinned, extract };
    }
    return this.#range.extract;
  }
}
