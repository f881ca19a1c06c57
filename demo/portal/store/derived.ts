import { isEntity, type Row } from "../values.ts";
import type { WriteContext } from "./write.ts";

/** Columns that follow from others: the stage's meaning, the flags of contact points. */
export function derivedFields(context: WriteContext, row: Row): Row {
  if (context.entity === "deal") return dealStage(context, row);
  if (!isEntity(context.entity)) return {};
  const has = hasFlags(row);
  if (context.entity !== "lead") return has;
  const semantics = semanticsOf(context.stages(null), row.STATUS_ID);
  const closed = row.DATE_CLOSED || context.zone.datetime(context.now);
  return { ...has, STATUS_SEMANTIC_ID: semantics, DATE_CLOSED: semantics === "P" ? "" : closed };
}

function dealStage(context: WriteContext, row: Row): Row {
  const stages = context.stages(String(row.CATEGORY_ID));
  const semantics = semanticsOf(stages, row.STAGE_ID);
  return {
    STAGE_SEMANTIC_ID: semantics,
    IS_NEW: row.STAGE_ID === stages[0]?.id ? "Y" : "N",
    CLOSED: semantics === "P" ? "N" : "Y",
  };
}

function semanticsOf(stages: readonly { id: string; semantics: string }[], id: unknown): string {
  return stages.find((stage) => stage.id === id)?.semantics ?? "P";
}

function hasFlags(row: Row): Row {
  const has = (name: string) => (Array.isArray(row[name]) && row[name].length > 0 ? "Y" : "N");
  return { HAS_PHONE: has("PHONE"), HAS_EMAIL: has("EMAIL") };
}
