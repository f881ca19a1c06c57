import { z } from "zod";
import type { Answer, PortalClient } from "../../../platform/bitrix/types.ts";
import { AppError } from "../../../platform/http/app-error.ts";
import { defineQuery, type QueryDefinition } from "../../../platform/queries/definition.ts";
import type { Queryable } from "../store/queryable.ts";
import { DEAL_STAGES, dealStages } from "./deals.ts";
import { dayStart, readPortalOffset } from "./portal-time.ts";
import { statusShape } from "./records.ts";
import { readSources, type Sources } from "./source.ts";
import { readStageColors } from "./stage-colors.ts";
import { type Output, output, selectFrom, Values } from "./statement.ts";

const day = z.iso.date();

const parameters = z.object({
  deal: z.coerce
    .number()
    .int()
    .positive()
    .optional()
    .describe("Id of the deal: its own way, as the portal has it"),
  lead: z.coerce
    .number()
    .int()
    .positive()
    .optional()
    .describe("Id of the lead: its own way, as the portal has it"),
  of: z.enum(["deal", "lead"]).default("deal").describe("Whose moves, where no single record is named"),
  from: day.optional().describe("Entered on this day or later"),
  to: day.optional().describe("Entered on this day or earlier"),
});

/** What the portal calls the two, and the fields that hold the stage and what it means. */
const OWNERS = {
  deal: { entityTypeId: 2, field: "STAGE_ID", semantics: "STAGE_SEMANTIC_ID", table: "stage_history" },
  lead: { entityTypeId: 1, field: "STATUS_ID", semantics: "STATUS_SEMANTIC_ID", table: "lead_stage_history" },
} as const;

const Moves = z.object({
  items: z.array(
    z.object({
      ID: z.coerce.number().int(),
      CREATED_TIME: z.string(),
      CATEGORY_ID: z.coerce.number().int().default(0),
      STAGE_ID: z.string().optional(),
      STATUS_ID: z.string().optional(),
      STAGE_SEMANTIC_ID: z.string().optional(),
      STATUS_SEMANTIC_ID: z.string().optional(),
    }),
  ),
});

interface Move {
  readonly id: number;
  readonly owner: number;
  readonly at: string;
  readonly category: number;
  readonly stage: string;
  /** Won or lost: it stays there, and that lasts for ever. */
  readonly final: boolean;
}

/**
 * The way of one deal or lead from stage to stage, as the portal tells it in one call: it is shown beside the record,
 * and may not be older. Where no record is named, all moves that the mirror holds.
 */
export function stageHistory(
  db: Queryable,
  client: (portalId: number) => Promise<PortalClient>,
): QueryDefinition {
  return defineQuery({
    name: "stage-history",
    title: { ru: "Движение по стадиям", en: "From stage to stage" },
    description: {
      ru: "Стадии сделок или лидов: когда пришли, сколько стояли; новые сверху. Одной записи — прямо из портала",
      en: "Stages of deals or leads: when they came and how long they stood; newest first. Of one record, from the portal itself",
    },
    parameters,
    defaultLimit: 1_000,
    maxLimit: 1_000_000,
    async build({ portal, params, limit }) {
      const owner = params.lead !== undefined ? "lead" : params.deal !== undefined ? "deal" : params.of;
      const id = params[owner];
      const [sources, offset] = await Promise.all([
        readSources(db, portal.schema),
        readPortalOffset(db, portal.id),
      ]);
      const values = new Values();
      const moves =
        id === undefined
          ? movesOfMirror(sources, owner)
          : `jsonb_to_recordset(${values.add(JSON.stringify(await readMoves(await client(portal.id), owner, id)))}::jsonb)
              AS r(id bigint, owner bigint, at timestamptz, category integer, stage text, final boolean)`;
      const colors = await readStageColors(db, sources, owner === "deal" ? DEAL_STAGES : "STATUS");
      const outputs = outputsOf(owner, colors);
      const conditions = ["true"];
      if (params.from !== undefined)
        conditions.push(`m.at >= ${dayStart(`${values.add(params.from)}::date`, offset)}`);
      if (params.to !== undefined)
        conditions.push(`m.at < ${dayStart(`${values.add(params.to)}::date + 1`, offset)}`);
      const dictionary = owner === "deal" ? dealStages("m.category") : "'STATUS'";
      return selectFrom(
        outputs,
        values,
        `FROM (SELECT r.*, lead(at) OVER w AS until, lag(stage) OVER w AS before, lag(category) OVER w AS category_before FROM ${moves}
            WINDOW w AS (PARTITION BY owner ORDER BY id)) m
          LEFT JOIN ${sources.from("statuses", statusShape, "stage")} ON stage.entity_id = ${dictionary} AND stage.status_id = m.stage
          LEFT JOIN ${sources.from("statuses", statusShape, "before")} ON before.entity_id = ${owner === "deal" ? dealStages("m.category_before") : "'STATUS'"}
            AND before.status_id = m.before
          LEFT JOIN ${sources.from("categories", funnelShape, "funnel")} ON funnel.entity_type_id = 2 AND funnel.id = m.category
          LEFT JOIN ${sources.from(`${owner}s`, { id: "bigint", title: "text" }, "o")} ON o.id = m.owner
          WHERE ${conditions.join(" AND ")} ORDER BY m.at DESC, m.id DESC LIMIT ${values.add(limit)}`,
      );
    },
  });
}

const funnelShape = { entity_type_id: "integer", id: "bigint", name: "text" };

function outputsOf(owner: keyof typeof OWNERS, colors: Record<string, string>): Output[] {
  const link = `/crm/${owner}/details/{record_id}/`;
  const days =
    "round(extract(epoch FROM coalesce(m.until, CASE WHEN NOT m.final THEN now() END) - m.at)::numeric / 86400, 3)";
  return [
    output("stage", "Стадия", "Stage", "stage", "coalesce(stage.name, m.stage)", { colors }),
    output("funnel", "Воронка", "Funnel", "status", owner === "deal" ? "funnel.name" : "NULL::text"),
    output("entered", "Пришла", "Entered", "datetime", "m.at"),
    output("days", "Дней на стадии", "Days on the stage", "number", days),
    output("current", "Сейчас", "Now", "boolean", "m.until IS NULL"),
    output("from_stage", "С какой стадии", "From stage", "stage", "coalesce(before.name, m.before)", {
      colors,
    }),
    output("record", "Запись", "Record", "text", "o.title", { link }),
    output("record_id", "ID записи", "Record ID", "id", "m.owner"),
    output("stage_id", "Код стадии", "Stage code", "text", "m.stage"),
  ];
}

/** The mirror's moves, called as those of one record are. */
function movesOfMirror(sources: Sources, owner: keyof typeof OWNERS): string {
  const { field, semantics, table } = OWNERS[owner];
  const [stage, meaning] = [field.toLowerCase(), semantics.toLowerCase()];
  const shape = { id: "bigint", owner_id: "bigint", created_time: "timestamptz", category_id: "integer" };
  const all = sources.from(table, { ...shape, [stage]: "text", [meaning]: "text" }, "h");
  return `(SELECT h.id, h.owner_id AS owner, h.created_time AS at, h.category_id AS category, h.${stage} AS stage,
    h.${meaning} IN ('S', 'F') AS final FROM ${all}) r`;
}

/** All moves of a record; whoever has more than a page of them is asked again. */
async function readMoves(
  client: PortalClient,
  owner: keyof typeof OWNERS,
  recordId: number,
): Promise<Move[]> {
  const { entityTypeId, field, semantics } = OWNERS[owner];
  const moves: Move[] = [];
  for (let start: number | undefined = 0; start !== undefined; ) {
    const answer: Answer<unknown> = await client.call(
      "crm.stagehistory.list",
      { entityTypeId, order: { ID: "DESC" }, filter: { OWNER_ID: recordId }, start },
      { priority: "interactive", idempotent: true },
    );
    const read = Moves.safeParse(answer.result);
    if (!read.success)
      throw new AppError(
        "portal_answer_invalid",
        "The portal's answer to `crm.stagehistory.list` makes no sense.",
      );
    for (const { ID: id, CREATED_TIME: at, CATEGORY_ID: category, ...move } of read.data.items) {
      const final = ["S", "F"].includes(move[semantics] ?? "");
      moves.push({ id, owner: recordId, at, category, stage: move[field] ?? "", final });
    }
    // A portal that ignores `start` would repeat its first page for ever.
    start = answer.next !== undefined && answer.next > start ? answer.next : undefined;
  }
  return moves;
}
