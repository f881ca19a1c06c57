import type { ColumnInfo, ParameterValue, QueryStatement } from "../../../platform/queries/definition.ts";

/** Numbers the values of a statement as they are met. */
export class Values {
  readonly list: ParameterValue[] = [];

  /** The placeholder of a value. */
  add(value: ParameterValue): string {
    this.list.push(value);
    return `$${this.list.length}`;
  }
}

/** A column of the result: what it means, and the SQL that makes it. */
export interface Output {
  readonly info: ColumnInfo;
  readonly sql: string;
}

export function output(
  name: string,
  ru: string,
  en: string,
  kind: ColumnInfo["kind"],
  sql: string,
  more: Partial<ColumnInfo> = {},
): Output {
  return { info: { name, label: { ru, en }, kind, ...more }, sql };
}

function selectList(outputs: readonly Output[]): string {
  return outputs.map(({ info, sql }) => `${sql} AS "${info.name.replaceAll('"', '""')}"`).join(",\n  ");
}

/** A statement of these columns. `from` is what follows them. */
export function selectFrom(outputs: readonly Output[], values: Values, from: string): QueryStatement {
  return {
    text: `SELECT ${selectList(outputs)}\n${from}`,
    values: values.list,
    columns: outputs.map(({ info }) => info),
  };
}

/** A text to be found anywhere, its wildcards taken as they are. */
export function toPattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}
