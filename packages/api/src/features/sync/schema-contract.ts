import type { SchemaContract } from "@b24kit/client/contract";
import { AppError } from "../../platform/http/app-error.ts";
import type { PortalField } from "./fields.ts";
import { compareFields } from "./schema-changes.ts";

/** Which of the portal's fields have columns, and which have their values in quarantine only. */
export interface Division {
  readonly columns: readonly PortalField[];
  readonly apart: readonly PortalField[];
}

/** Changes that would change a table. */
const OF_SHAPE: ReadonlySet<string> = new Set(["added", "removed", "retyped"]);

/**
 * What a contract makes of the fields that the portal describes now, where `agreed` have columns. `evolve`: all of them
 * get columns. `quarantine`: the columns stay as they are; values of other fields, and those that do not fit, wait in
 * quarantine. `freeze`: nothing is copied while they differ. Labels and choices change under any of them.
 * @throws AppError schema_frozen
 */
export function divideFields(
  contract: SchemaContract,
  agreed: readonly PortalField[],
  found: readonly PortalField[],
): Division {
  if (contract === "evolve" || agreed.length === 0) return { columns: found, apart: [] };
  const were = new Map(agreed.map((field) => [field.name, field]));
  if (contract === "freeze") {
    const broken = compareFields(agreed, found, new Set()).filter(({ change }) => OF_SHAPE.has(change));
    if (broken.length > 0) throw frozen(broken.map(({ field, change }) => `${field} ${change}`));
  }
  return {
    columns: found.flatMap((field) => {
      const was = were.get(field.name);
      if (was === undefined) return [];
      const same = was.type === field.type && was.multiple === field.multiple;
      return [same ? field : { ...was, label: field.label }];
    }),
    apart: found.filter(({ name }) => !were.has(name)),
  };
}

function frozen(broken: readonly string[]): AppError {
  const more = broken.length > 5 ? ` and ${broken.length - 5} more` : "";
  return new AppError(
    "schema_frozen",
    `The portal's fields changed: ${broken.slice(0, 5).join(", ")}${more}.`,
  );
}
