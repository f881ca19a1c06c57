import type { Entity, Label } from "@b24kit/client/contract";
import type { MirrorDescription } from "../deps.ts";
import { join, type ViewColumn, type ViewDefinition } from "./definition.ts";
import { joinUser } from "./joins.ts";
import { SHARED_SHAPE, utmColumns } from "./shared-columns.ts";
import { userFields } from "./user-fields.ts";

/** What makes one entity's view differ from another's. */
interface RecordView {
  readonly entity: Entity;
  readonly name: string;
  readonly label: Label;
  /** Columns of the mirror that it reads, beyond those that every entity has. */
  readonly shape: Readonly<Record<string, string>>;
  readonly columns: readonly ViewColumn[];
  readonly from: readonly string[];
  /** Its own columns that hold ids of other views. */
  readonly refersTo: Readonly<Record<string, string>>;
}

/** A view of records: with the people behind them, their campaigns, and the fields that the portal's people made. */
export function recordView(mirror: MirrorDescription, view: RecordView): ViewDefinition {
  const { entity, name, label, refersTo } = view;
  const custom = userFields(mirror, entity);
  const shape = { ...SHARED_SHAPE, ...view.shape, ...custom.shape };
  return {
    ...{ name, entity, label },
    rows: mirror.rows[entity] ?? null,
    columns: [...view.columns, ...utmColumns(), ...custom.columns],
    from: [
      mirror.from(name, shape, "d"),
      joinUser(mirror, "u", "d.assigned_by_id"),
      joinUser(mirror, "creator", "d.created_by_id"),
      ...view.from,
    ],
    joins: Object.entries({ ...refersTo, responsible_id: "users" }).map(([column, to]) =>
      join(name, column, to),
    ),
  };
}
