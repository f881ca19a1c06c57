/** PostgreSQL's extended query protocol, the few messages that a read needs. */

/** Type bytes of the server's messages. */
export const MESSAGE = {
  dataRow: 0x44,
  rowDescription: 0x54,
  noData: 0x6e,
  commandComplete: 0x43,
  portalSuspended: 0x73,
  error: 0x45,
  readyForQuery: 0x5a,
  notice: 0x4e,
  parameterStatus: 0x53,
  notification: 0x41,
} as const;

export interface WireField {
  readonly name: string;
  readonly oid: number;
  /** Precision and scale of numeric and the like; -1 where the type has none. */
  readonly modifier: number;
}

/** A failure as the server reported it. `message` may quote data: it is for the log. */
export interface WireError {
  readonly severity: string;
  readonly sqlState: string;
  readonly message: string;
}

const BINARY = 1;
const TEXT = 0;

function message(type: string, ...parts: (Buffer | number | string)[]): Buffer {
  const body = Buffer.concat(parts.map(toBytes));
  const head = Buffer.alloc(5);
  head.write(type, 0, "latin1");
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** Numbers are int16, strings end in a zero byte: so is almost everything in these messages. */
function toBytes(part: Buffer | number | string): Buffer {
  if (typeof part === "string") return Buffer.from(`${part}\0`);
  if (typeof part === "number") {
    const bytes = Buffer.alloc(2);
    bytes.writeInt16BE(part);
    return bytes;
  }
  return part;
}

/** A simple query: answered by ReadyForQuery of its own. */
export function simpleQuery(sql: string): Buffer {
  return message("Q", sql);
}

/** Parse and Describe of the unnamed statement, and Flush: answered by the columns, before anything runs. */
export function describeStatement(sql: string): Buffer {
  return Buffer.concat([message("P", "", sql, 0), message("D", Buffer.from("S"), ""), message("H")]);
}

/**
 * Bind with text parameters, Execute and Sync; `binary` says which columns come in binary form. With `maxRows` the
 * server stops after so many, and a second Execute asks for one more: whether it comes tells if the result was cut.
 */
export function execute(
  values: readonly (string | null)[],
  binary: readonly boolean[],
  maxRows: number,
): Buffer {
  const parameters = values.flatMap((value) => {
    if (value === null) return [int32(-1)];
    const bytes = Buffer.from(value);
    return [int32(bytes.length), bytes];
  });
  const formats = binary.map((isBinary) => (isBinary ? BINARY : TEXT));
  return Buffer.concat([
    message("B", "", "", 0, values.length, ...parameters, formats.length, ...formats),
    message("E", "", int32(maxRows)),
    ...(maxRows > 0 ? [message("E", "", int32(1))] : []),
    message("S"),
  ]);
}

export const sync = message("S");

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/** Fields of a RowDescription; `body` starts behind the length. */
export function readRowDescription(body: Buffer): WireField[] {
  const fields: WireField[] = [];
  let at = 2;
  for (let i = body.readUInt16BE(0); i > 0; i--) {
    const end = body.indexOf(0, at);
    fields.push({
      name: body.toString("utf8", at, end),
      oid: body.readUInt32BE(end + 7),
      modifier: body.readInt32BE(end + 13),
    });
    at = end + 19;
  }
  return fields;
}

/** An ErrorResponse; `body` starts behind the length. */
export function readError(body: Buffer): WireError {
  const parts = new Map<string, string>();
  let at = 0;
  while (at < body.length && body[at] !== 0) {
    const end = body.indexOf(0, at + 1);
    parts.set(String.fromCharCode(body[at]!), body.toString("utf8", at + 1, end));
    at = end + 1;
  }
  const of = (key: string) => parts.get(key) ?? "";
  return { severity: of("V") || of("S"), sqlState: of("C"), message: of("M") };
}
