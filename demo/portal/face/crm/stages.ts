import { asText } from "../../php.ts";
import type { Portal } from "../../portal.ts";
import type { Entity, Row } from "../../values.ts";

/** One step of a funnel, or of the way of a lead. */
export interface Stage {
  /** `C2:NEW` */
  code: string;
  name: string;
  /** `#39A8EF`, or null where the portal has none. */
  color: string | null;
  /** P on the way, S won, F lost. */
  semantics: "P" | "S" | "F";
  /** Name of its colour in the stylesheet. */
  tint: string;
}

/** ENTITY_ID of the stages that a record goes through. */
function bookOf(entity: Entity, category: string): string {
  if (entity === "lead") return "STATUS";
  return category === "0" ? "DEAL_STAGE" : `DEAL_STAGE_${category}`;
}

/** The stages of a funnel (of the leads), in working order; none for contacts and companies. */
export function stagesOf(portal: Portal, entity: Entity, category = "0"): Stage[] {
  if (entity !== "lead" && entity !== "deal") return [];
  const book = bookOf(entity, category);
  return portal.crm.statuses
    .filter((row) => row.ENTITY_ID === book)
    .sort((a, b) => Number(a.SORT) - Number(b.SORT))
    .map(toStage);
}

function toStage(row: Row): Stage {
  const color = asText(row.COLOR);
  const semantics = row.SEMANTICS === "S" || row.SEMANTICS === "F" ? row.SEMANTICS : "P";
  return {
    code: asText(row.STATUS_ID),
    name: asText(row.NAME),
    color: isColor(color) ? color : null,
    semantics,
    tint: `stage-${Number(row.ID)}`,
  };
}

function isColor(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}

/** The stylesheet with the colours of all stages: a strict policy allows none in the pages themselves. */
export function stageStyles(portal: Portal): string {
  return portal.crm.statuses
    .map(toStage)
    .filter((stage) => stage.color)
    .map((stage) => `.${stage.tint}{--stage:${stage.color};--on-stage:${inkOn(stage.color as string)}}\n`)
    .join("");
}

/** Dark or white text, whichever is read better on this ground (relative luminance of WCAG). */
function inkOn(color: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#1f2328" : "#fff";
}
