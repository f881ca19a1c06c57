import type { Change, Journal } from "../store/journal.ts";
import type { Value } from "../values.ts";

/** One `placement.bind`: a menu item, tab or button that opens a handler. */
export interface Placement {
  id: number;
  clientId: string;
  /** In capitals: `CRM_DEAL_DETAIL_TAB`. */
  placement: string;
  handler: string;
  title: string;
  description: string;
  groupName: string;
  /** By language: `{ru: {TITLE, DESCRIPTION, GROUP_NAME}}`. */
  langAll: Record<string, Value>;
  options: Record<string, Value>;
  /** 0 shows it to everybody. */
  userId: number;
}

interface PlacementSaved extends Change {
  kind: "placement";
  placement: Placement;
}

interface PlacementsGone extends Change {
  kind: "placementsGone";
  ids: number[];
}

export class Placements {
  readonly #journal: Journal;
  readonly #known = new Map<number, Placement>();
  #lastId = 0;

  constructor(journal: Journal) {
    this.#journal = journal;
    journal.on("seed", () => {
      this.#known.clear();
      this.#lastId = 0;
    });
    journal.on<PlacementSaved>("placement", ({ placement }) => {
      this.#known.set(placement.id, placement);
      this.#lastId = Math.max(this.#lastId, placement.id);
    });
    journal.on<PlacementsGone>("placementsGone", ({ ids }) => {
      for (const id of ids) this.#known.delete(id);
    });
  }

  get(id: number): Placement | undefined {
    return this.#known.get(id);
  }

  of(clientId: string): Placement[] {
    return [...this.#known.values()].filter((placement) => placement.clientId === clientId);
  }

  /** What is bound to one place, in the order of binding. */
  at(code: string): Placement[] {
    return [...this.#known.values()].filter((placement) => placement.placement === code);
  }

  add(placement: Omit<Placement, "id">): void {
    const saved = { id: this.#lastId + 1, ...placement };
    this.#journal.commit<PlacementSaved>({ kind: "placement", placement: saved });
  }

  remove(placements: readonly Placement[]): void {
    if (placements.length === 0) return;
    this.#journal.commit<PlacementsGone>({ kind: "placementsGone", ids: placements.map(({ id }) => id) });
  }
}
