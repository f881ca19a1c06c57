import type { Label, QueryLanguage, Right } from "@b24kit/client/contract";
import type { z } from "zod";
import type { ColumnInfo } from "../arrow/column-plan.ts";
import type { ParameterValue } from "../arrow/text-parameter.ts";

export type { ColumnInfo, ParameterValue };

/** The portal that a query reads: its mirror schema, and its origin for links. */
export interface QueryPortal {
  readonly id: number;
  /** Name of the mirror schema, e.g. `crm`; to be quoted as an identifier. */
  readonly schema: string;
  /** Origin, e.g. `https://portal.bitrix24.ru`. */
  readonly url: string;
}

export interface QueryContext<P> {
  readonly portal: QueryPortal;
  /** The query's own parameters, parsed. */
  readonly params: P;
  /** How many rows may come at most; the statement has to keep it. */
  readonly limit: number;
  /** Of words of ours in the rows. */
  readonly language: QueryLanguage;
}

/** What PostgreSQL is to run, and what its columns mean. */
export interface QueryStatement {
  readonly text: string;
  readonly values: readonly ParameterValue[];
  readonly columns: readonly ColumnInfo[];
  /** When the data was true; the moment of the request where absent. */
  readonly asOf?: Date;
  /** Where another language would bring other rows: the one that these are in. */
  readonly language?: QueryLanguage;
}

/** A named, parameterised read. */
export interface QueryDefinition<P extends z.ZodObject = z.ZodObject> {
  /** Kebab-case; part of the address. */
  readonly name: string;
  readonly title: Label;
  readonly description: Label;
  /** What its callers need beside the right to read data. */
  readonly right?: Right;
  /** Own parameters, as they come in an address: texts, so numbers are to be coerced. */
  readonly parameters: P;
  readonly defaultLimit: number;
  readonly maxLimit: number;
  build(context: QueryContext<z.output<P>>): Promise<QueryStatement> | QueryStatement;
}

/** Gives a definition its types; the registry then holds definitions of any parameters. */
export function defineQuery<P extends z.ZodObject>(definition: QueryDefinition<P>): QueryDefinition {
  return definition as unknown as QueryDefinition;
}
