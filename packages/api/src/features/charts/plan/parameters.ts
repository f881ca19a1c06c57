import { type ParameterValue, toTextParameter } from "../../../platform/arrow/text-parameter.ts";

/** The values of a statement; each is told its type where it stands, and the same value is sent once. */
export class Parameters {
  readonly list: ParameterValue[] = [];

  /** `$3::date` */
  add(value: string | readonly string[], type: string): string {
    const key = JSON.stringify(value);
    let index = this.list.findIndex((known) => JSON.stringify(known) === key);
    if (index === -1) index = this.list.push(value) - 1;
    return `$${index + 1}::${type}`;
  }
}

/** A statement for people to read and change: its values stand where its parameters were. What is run has parameters. */
export function writeOut(sql: string, values: readonly ParameterValue[]): string {
  return sql.replace(/\$(\d+)::(\w+)(\[\])?/g, (_, number: string, type: string, many?: string) => {
    const value = values[Number(number) - 1] ?? null;
    if (!many) return literal(value, type);
    return `ARRAY[${(value as readonly ParameterValue[]).map((one) => literal(one, type)).join(", ")}]`;
  });
}

function literal(value: ParameterValue, type: string): string {
  const text = toTextParameter(value);
  if (text === null) return `NULL::${type}`;
  return `'${text.replaceAll("'", "''")}'${type === "text" ? "" : `::${type}`}`;
}
