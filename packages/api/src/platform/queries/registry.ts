import type { QueryDescription, Right } from "@b24kit/client/contract";
import { z } from "zod";
import { AppError } from "../http/app-error.ts";
import type { QueryDefinition } from "./definition.ts";

/** All queries of the process, by name. */
export interface QueryRegistry {
  /** @throws AppError unknown_query */
  find(name: string): QueryDefinition;
  /** What a caller may know of the queries that are theirs to read, sorted by name. */
  describe(may: (right: Right) => boolean): QueryDescription[];
}

/** Names that a parameter of a query may not take: they mean the same in every query. */
const RESERVED = ["portal", "limit", "language"];

/** Makes a query from its name; null where the name is none of its kind. */
export type QueryFamily = (name: string) => QueryDefinition | null;

/** @throws Error on a definition that can not work: it is found at start, not by a user. */
export function createQueryRegistry(
  definitions: readonly QueryDefinition[],
  families: readonly QueryFamily[] = [],
): QueryRegistry {
  const byName = new Map<string, QueryDefinition>();
  for (const definition of definitions) {
    check(definition, byName);
    byName.set(definition.name, definition);
  }
  const sorted = [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    find(name) {
      const definition = byName.get(name) ?? families.map((make) => make(name)).find((one) => one !== null);
      if (!definition) throw new AppError("unknown_query", `There is no query "${name.slice(0, 63)}".`);
      return definition;
    },
    describe: (may) => sorted.filter(({ right }) => right === undefined || may(right)).map(describe),
  };
}

function check(definition: QueryDefinition, known: ReadonlyMap<string, QueryDefinition>): void {
  const { name, parameters, defaultLimit, maxLimit } = definition;
  const fault = (reason: string) => new Error(`Query "${name}" ${reason}`);
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(name)) throw fault("needs a kebab-case name of at most 63 characters.");
  if (known.has(name)) throw fault("is defined twice.");
  if (!(defaultLimit >= 1 && defaultLimit <= maxLimit))
    throw fault("has a default limit outside 1..maxLimit.");
  const taken = RESERVED.find((key) => key in parameters.shape);
  if (taken) throw fault(`may not have a parameter named "${taken}".`);
}

function describe(definition: QueryDefinition): QueryDescription {
  const { name, title, description, parameters, defaultLimit, maxLimit } = definition;
  return {
    name,
    title,
    description,
    parameters: z.toJSONSchema(parameters, { io: "input" }),
    defaultLimit,
    maxLimit,
  };
}
