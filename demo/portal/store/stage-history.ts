import type { SeedPlan } from "../seed/plan.ts";
import { RECORD_FACTORIES } from "../seed/records.ts";
import { makeSmartItem } from "../seed/smart-items.ts";
import { SMART_COLLECTION, SMART_ITEMS, SMART_STAGES } from "../seed/smart-process.ts";
import { LEAD_STAGES, type Stage, stagesOf } from "../seed/words/stages.ts";
import type { Collection, Row } from "../values.ts";
import { type Crm, tableOf } from "./crm.ts";
import { type IndexedRows, SortedRows } from "./sorted-rows.ts";
import type { Table } from "./table.ts";

/** One arrival of a record on a stage. TYPE_ID: 1 created, 2 moved on, 3 ended, 5 moved to another funnel. */
export type StageStep = {
  ID: number;
  TYPE_ID: number;
  OWNER_ID: number;
  CREATED_TIME: string;
  CATEGORY_ID: number;
  STAGE_SEMANTIC_ID: string;
  STAGE_ID: string;
};

/** Kinds of records that stand on stages. */
export type Staged = Exclude<Collection, "contact" | "company">;

export const isStaged = (collection: Collection): collection is Staged =>
  collection !== "contact" && collection !== "company";

/** Seeded records take at most this many steps; those written later are numbered after all of them. */
const STEPS = 4;
const FIRST_WRITTEN = 50_000_000;

/**
 * Which stages records went through, and when. The seeded part is a function of the seeded record; what happened
 * since is noted as records change.
 */
export class StageHistory {
  readonly #plan: SeedPlan;
  readonly #made = new Map<string, readonly StageStep[]>();
  readonly #written = new Map<Staged, Map<number, StageStep[]>>();
  readonly #all = new Map<Staged, { key: string; rows: SortedRows }>();
  #lastId = FIRST_WRITTEN;

  constructor(plan: SeedPlan) {
    this.#plan = plan;
  }

  /** The steps of one record, oldest first. */
  of(collection: Staged, ownerId: number): StageStep[] {
    const written = this.#written.get(collection)?.get(ownerId) ?? [];
    return [...this.#seeded(collection, ownerId), ...written];
  }

  /** The steps of all records that are there, in the order of their IDs. */
  all(collection: Staged, table: Table): IndexedRows {
    const key = `${this.#lastId} ${table.size} ${table.nextId}`;
    const known = this.#all.get(collection);
    if (known?.key === key) return known.rows;
    const rows = new SortedRows(table.ids.flatMap((id) => this.of(collection, id)));
    this.#all.set(collection, { key, rows });
    return rows;
  }

  /** Notes a step where the record now stands on another stage than it was last seen on. */
  follow(crm: Crm, collection: Collection, id: number): void {
    if (!isStaged(collection)) return;
    const row = tableOf(crm, collection).get(id);
    if (!row) return;
    const before = this.of(collection, id).at(-1);
    const stage = String(collection === "lead" ? row.STATUS_ID : row.STAGE_ID);
    if (before?.STAGE_ID === stage) return;
    const category = Number(row.CATEGORY_ID ?? 0);
    const semantics = semanticsOf(crm, collection, category, stage);
    const type = !before ? 1 : before.CATEGORY_ID !== category ? 5 : semantics === "P" ? 2 : 3;
    this.#note(collection, {
      ID: ++this.#lastId,
      TYPE_ID: type,
      OWNER_ID: id,
      CREATED_TIME: String(row.MOVED_TIME),
      CATEGORY_ID: category,
      STAGE_SEMANTIC_ID: semantics,
      STAGE_ID: stage,
    });
  }

  #note(collection: Staged, step: StageStep): void {
    const owners = this.#written.get(collection) ?? new Map<number, StageStep[]>();
    this.#written.set(collection, owners);
    owners.set(step.OWNER_ID, [...(owners.get(step.OWNER_ID) ?? []), step]);
  }

  #seeded(collection: Staged, id: number): readonly StageStep[] {
    const key = `${collection} ${id}`;
    const known = this.#made.get(key);
    if (known) return known;
    const row = seededRow(this.#plan, collection, id);
    const made = row ? seededSteps(this.#plan, collection, row) : [];
    this.#made.set(key, made);
    return made;
  }
}

function seededRow(plan: SeedPlan, collection: Staged, id: number): Row | null {
  if (collection === "deal" || collection === "lead") {
    const { count, make } = RECORD_FACTORIES[collection];
    return id <= plan.counts[count] ? make(plan, id) : null;
  }
  return collection === SMART_COLLECTION && id <= SMART_ITEMS ? makeSmartItem(plan, id) : null;
}

/** The first stage, the stages passed on the way, and the present one. */
function seededSteps({ zone }: SeedPlan, collection: Staged, row: Row): StageStep[] {
  const id = Number(row.ID);
  const category = Number(row.CATEGORY_ID ?? 0);
  const stages = seededStages(collection, category);
  const present = stages.findIndex(([stage]) => stage === (row.STATUS_ID ?? row.STAGE_ID));
  const [, , , semantics] = stages[present] as Stage;
  const way =
    semantics === "P" ? stages.slice(0, present + 1) : [...stages.slice(0, 2), stages[present] as Stage];
  const steps = way.length > STEPS ? [way[0] as Stage, ...way.slice(1 - STEPS)] : way;
  const from = zone.parse(String(row.DATE_CREATE ?? row.CREATED_TIME)) ?? 0;
  const to = zone.parse(String(row.MOVED_TIME)) ?? from;
  return steps.map(([stage, , , meaning], i) => ({
    ID: id * STEPS + i,
    TYPE_ID: i === 0 ? 1 : meaning === "P" ? 2 : 3,
    OWNER_ID: id,
    CREATED_TIME: zone.datetime(steps.length === 1 ? from : from + ((to - from) * i) / (steps.length - 1)),
    CATEGORY_ID: category,
    STAGE_SEMANTIC_ID: meaning,
    STAGE_ID: stage,
  }));
}

function seededStages(collection: Staged, category: number): readonly Stage[] {
  if (collection === "lead") return LEAD_STAGES;
  return collection === "deal" ? stagesOf(category) : SMART_STAGES;
}

function semanticsOf(crm: Crm, collection: Staged, category: number, stage: string): string {
  const entityId = stageBook(collection, category);
  const row = crm.statuses.find((status) => status.ENTITY_ID === entityId && status.STATUS_ID === stage);
  return String(row?.SEMANTICS ?? "P");
}

/** The reference book that holds the stages of a funnel: `DEAL_STAGE_2`, `DYNAMIC_156_STAGE_14`, `STATUS`. */
export function stageBook(collection: Staged, category: number): string {
  if (collection === "lead") return "STATUS";
  if (collection === "deal") return category === 0 ? "DEAL_STAGE" : `DEAL_STAGE_${category}`;
  return `${collection.toUpperCase()}_STAGE_${category}`;
}
