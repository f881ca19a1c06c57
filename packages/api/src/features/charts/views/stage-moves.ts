import type { CatalogueValue, Entity, Label } from "@b24kit/client/contract";
import type { MirrorDescription } from "../deps.ts";
import {
  column,
  FLAG,
  ID,
  join,
  MOMENT,
  STATUS,
  TEXT,
  type ViewColumn,
  type ViewDefinition,
} from "./definition.ts";
import { dealStages, joinFunnel, joinStatus, joinUser, semantic } from "./joins.ts";
import { personColumns } from "./shared-columns.ts";
import { dealStageValues, leadStageValues, namedValues, SEMANTICS } from "./values.ts";

/** Whose moves they are, and where the mirror has them. */
interface Movers {
  readonly name: string;
  readonly entity: Entity;
  readonly label: Label;
  readonly history: string;
  /** Its columns, as the portal calls them. */
  readonly stage: "stage_id" | "status_id";
  readonly meaning: "stage_semantic_id" | "status_semantic_id";
  readonly owner: {
    readonly name: "deal" | "lead";
    readonly table: string;
    readonly words: readonly [ru: string, en: string];
  };
  readonly values: CatalogueValue[];
  /** SQL of the dictionary of a move's stage. `prefix` stands before the funnel of the move or of the one before. */
  dictionary(prefix: string): string;
}

/** Arrivals of deals on stages, each with the stage before: how deals flow, and where they stay. */
export function stageMoves(mirror: MirrorDescription): ViewDefinition {
  const moves = movesOf(mirror, {
    name: "stage_moves",
    entity: "stage_history",
    label: { ru: "Переходы сделок по стадиям", en: "Deals' moves from stage to stage" },
    history: "stage_history",
    stage: "stage_id",
    meaning: "stage_semantic_id",
    owner: { name: "deal", table: "deals", words: ["Сделка", "Deal"] },
    values: dealStageValues(mirror),
    dictionary: (prefix) => dealStages(`d.${prefix}category_id`),
  });
  return {
    ...moves,
    columns: [...moves.columns, ...funnelColumns(mirror)],
    from: [...moves.from, joinFunnel(mirror, "d.category_id")],
    joins: [...moves.joins, join("stage_moves", "funnel_id", "funnels")],
  };
}

/** The same of leads, which have one way only. */
export function leadStageMoves(mirror: MirrorDescription): ViewDefinition {
  return movesOf(mirror, {
    name: "lead_stage_moves",
    entity: "lead_stage_history",
    label: { ru: "Переходы лидов по стадиям", en: "Leads' moves from stage to stage" },
    history: "lead_stage_history",
    stage: "status_id",
    meaning: "status_semantic_id",
    owner: { name: "lead", table: "leads", words: ["Лид", "Lead"] },
    values: leadStageValues(mirror),
    dictionary: () => "'STATUS'",
  });
}

function movesOf(mirror: MirrorDescription, movers: Movers): ViewDefinition {
  const { name, entity, label, history, owner } = movers;
  const shape = {
    ...{ id: "bigint", owner_id: "bigint", created_time: "timestamp with time zone", category_id: "integer" },
    ...{ [movers.stage]: "text", [movers.meaning]: "text" },
  };
  const moves = `(SELECT m.*, lag(m.${movers.stage}) OVER way AS from_stage_id, lag(m.category_id) OVER way AS from_category_id,
    lead(m.created_time) OVER way AS until FROM ${mirror.from(history, shape, "m")}
    WINDOW way AS (PARTITION BY m.owner_id ORDER BY m.id)) d`;
  const record = { id: "bigint", title: "text", assigned_by_id: "bigint" };
  return {
    ...{ name, entity, label },
    rows: mirror.rows[entity] ?? null,
    columns: [
      ...ownerColumns(owner),
      ...stageColumns(movers),
      ...timeColumns(),
      column(
        "result",
        movers.meaning.toUpperCase(),
        ["Результат", "Result"],
        STATUS,
        semantic(`d.${movers.meaning}`, "stage"),
        { values: [...SEMANTICS] },
      ),
      ...personColumns(mirror, "responsible", "ASSIGNED_BY_ID", {
        label: ["Ответственный", "Responsible"],
        id: "owner.assigned_by_id",
        alias: "u",
      }),
    ],
    from: [
      moves,
      `LEFT JOIN ${mirror.from(owner.table, record, "owner")} ON owner.id = d.owner_id`,
      joinUser(mirror, "u", "owner.assigned_by_id"),
      joinStatus(mirror, "stage", `d.${movers.stage}`, movers.dictionary("")),
      joinStatus(mirror, "before", "d.from_stage_id", movers.dictionary("from_")),
    ],
    joins: [join(name, `${owner.name}_id`, owner.table), join(name, "responsible_id", "users")],
  };
}

function ownerColumns({ name, words: [ru, en] }: Movers["owner"]): ViewColumn[] {
  const link = `/crm/${name}/details/{${name}_id}/`;
  const ofId = name === "deal" ? (["ID сделки", "Deal ID"] as const) : (["ID лида", "Lead ID"] as const);
  return [
    column("id", "ID", ["ID", "ID"], ID, "d.id"),
    column(`${name}_id`, "OWNER_ID", ofId, ID, "d.owner_id", { words: name, link }),
    column(name, "OWNER_ID", [ru, en], TEXT, "owner.title", { codes: `${name}_id` }),
  ];
}

function stageColumns({ stage, values }: Movers): ViewColumn[] {
  const field = stage.toUpperCase();
  // Stages of several funnels may share a name; the words beside a code are what a chart shows.
  const words = values.map((value) => ({ ...value, code: value.label.ru }));
  const kind = ["stage", "text"] as const;
  const place = ["number", "integer"] as const;
  return [
    column(
      "from_stage",
      null,
      ["С какой стадии", "From stage"],
      kind,
      "coalesce(before.name, d.from_stage_id)",
      { values: words },
    ),
    column(
      "from_stage_order",
      null,
      ["Порядок прежней стадии", "Order of the stage before"],
      place,
      "before.sort",
    ),
    column("stage_id", field, ["Код стадии", "Stage code"], kind, `d.${stage}`, { values, words: "stage" }),
    column("stage", field, ["На какую стадию", "To stage"], kind, `coalesce(stage.name, d.${stage})`, {
      codes: "stage_id",
    }),
    column("stage_order", field, ["Порядок стадии", "Stage order"], place, "stage.sort"),
  ];
}

function timeColumns(): ViewColumn[] {
  return [
    column("entered", "CREATED_TIME", ["Когда перешла", "Entered"], MOMENT, "d.created_time"),
    column(
      "days",
      null,
      ["Дней на стадии", "Days on the stage"],
      ["number", "numeric"],
      "round(extract(epoch FROM d.until - d.created_time)::numeric / 86400, 3)",
    ),
    column("current", null, ["Стоит сейчас", "Is there now"], FLAG, "d.until IS NULL"),
  ];
}

function funnelColumns(mirror: MirrorDescription): ViewColumn[] {
  return [
    column(
      "funnel_id",
      "CATEGORY_ID",
      ["ID воронки", "Funnel ID"],
      ["id", "integer"],
      "coalesce(d.category_id, 0)",
      { values: namedValues(mirror.categories), words: "funnel" },
    ),
    column("funnel", "CATEGORY_ID", ["Воронка", "Funnel"], STATUS, "funnel.name", { codes: "funnel_id" }),
  ];
}
