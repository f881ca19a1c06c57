import type { QueryLanguage } from "@b24kit/client/contract";
import { z } from "zod";
import { AppError } from "../http/app-error.ts";
import type { QueryDefinition } from "./definition.ts";

/** A request for a query's rows, validated. */
export interface QueryRequest {
  readonly params: Record<string, unknown>;
  readonly limit: number;
  readonly language: QueryLanguage;
}

/**
 * Parses a query's own parameters and its limit. Names that the query does not have are refused: a misspelt filter
 * must not silently answer everything.
 * @throws AppError invalid_parameter, limit_too_large
 */
export function readRequest(
  definition: QueryDefinition,
  own: Record<string, unknown>,
  limit: number | undefined,
  language: QueryLanguage = "ru",
): QueryRequest {
  return { params: readParameters(definition, own), limit: readLimit(definition, limit), language };
}

function readParameters(definition: QueryDefinition, own: Record<string, unknown>): Record<string, unknown> {
  const known = Object.keys(definition.parameters.shape);
  const unknown = Object.keys(own).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const may = known.length === 0 ? "it has none of its own" : `it has: ${known.join(", ")}`;
    throw new AppError(
      "invalid_parameter",
      `${definition.name} has no parameter "${unknown.slice(0, 63)}"; ${may}.`,
    );
  }
  const result = z.safeParse(definition.parameters, own);
  if (result.success) return result.data as Record<string, unknown>;
  const reasons = result.error.issues.slice(0, 5).map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new AppError("invalid_parameter", reasons.join("; "));
}

function readLimit({ name, defaultLimit, maxLimit }: QueryDefinition, limit: number | undefined): number {
  if (limit === undefined) return defaultLimit;
  if (limit <= maxLimit) return limit;
  throw new AppError("limit_too_large", `${name} answers at most ${maxLimit} rows; ${limit} were asked.`);
}
