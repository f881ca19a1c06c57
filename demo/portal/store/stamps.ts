import { type Collection, isEntity } from "../values.ts";

/** The columns in which a kind of record keeps who wrote it, when, and where it stands. */
export interface Stamps {
  created: string;
  createdBy: string;
  updated: string;
  updatedBy: string;
  movedBy: string;
  /** null for records that stand on no stage. */
  stage: string | null;
  /** True where stages belong to funnels. */
  hasFunnels: boolean;
}

const CLASSIC = {
  created: "DATE_CREATE",
  createdBy: "CREATED_BY_ID",
  updated: "DATE_MODIFY",
  updatedBy: "MODIFY_BY_ID",
  movedBy: "MOVED_BY_ID",
};

const SMART: Stamps = {
  created: "CREATED_TIME",
  createdBy: "CREATED_BY",
  updated: "UPDATED_TIME",
  updatedBy: "UPDATED_BY",
  movedBy: "MOVED_BY",
  stage: "STAGE_ID",
  hasFunnels: true,
};

export function stampsOf(collection: Collection): Stamps {
  if (!isEntity(collection)) return SMART;
  if (collection === "deal") return { ...CLASSIC, stage: "STAGE_ID", hasFunnels: true };
  return { ...CLASSIC, stage: collection === "lead" ? "STATUS_ID" : null, hasFunnels: false };
}

/** Columns that an import may set, and no other write. */
export function importable(collection: Collection): string[] {
  const { created, createdBy, updated, updatedBy, movedBy } = stampsOf(collection);
  return [created, createdBy, updated, updatedBy, movedBy, "MOVED_TIME"];
}
