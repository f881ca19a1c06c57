import type { SaveType } from "./chart-head.ts";
import { formOf } from "./forms/load-form.ts";
import type { Picture } from "./picture.ts";
import { onCanvas } from "./plan.ts";

/** Kinds of files that this chart can be kept as. */
export function savesOf(picture: Picture, sql: string | undefined): SaveType[] {
  const form = formOf(picture.data.type);
  const drawn: SaveType[] = !form || form.view ? [] : onCanvas(form, picture.data) ? ["png"] : ["png", "svg"];
  return [...drawn, "csv", "xlsx", "arrow", ...(sql ? (["sql"] as const) : [])];
}
