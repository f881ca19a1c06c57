/** The parts of our own OpenAPI 3.1 document that the page reads. */
export interface OpenApi {
  readonly info: { readonly version: string };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly "x-access": string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema: Schema }>> };
  readonly responses: Readonly<
    Record<string, { description: string; content?: Record<string, { schema?: Schema }> }>
  >;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Schema;
}

export interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly description?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly default?: unknown;
}

/** A schema as a reader of TypeScript would write it, one property a line. */
export function describeType(schema: Schema, indent = ""): string {
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return either.map((option) => describeType(option, indent)).join(" | ");
  if (schema.enum) return describeValues(schema.enum);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.properties) return describeObject(schema.properties, schema.required ?? [], indent);
  if (schema.items) return `${describeType(schema.items, indent)}[]`;
  return typeof schema.type === "string" ? schema.type : (schema.type?.join(" | ") ?? "any");
}

const MANY_VALUES = 12;

/** The error codes have a table of their own; a list as long as that is cut. */
function describeValues(values: readonly unknown[]): string {
  const shown = values.length > MANY_VALUES ? values.slice(0, 3) : values;
  return [...shown.map((value) => JSON.stringify(value)), ...(shown === values ? [] : ["…"])].join(" | ");
}

function describeObject(
  properties: NonNullable<Schema["properties"]>,
  required: readonly string[],
  indent: string,
): string {
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(([name, schema]) => {
    const comment = schema.description ? `  // ${schema.description}` : "";
    return `${inner}${name}${required.includes(name) ? "" : "?"}: ${describeType(schema, inner)}${comment}`;
  });
  return `{\n${lines.join("\n")}\n${indent}}`;
}
