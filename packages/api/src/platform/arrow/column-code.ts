/**
 * How one column travels: from PostgreSQL's wire bytes into a buffer. One letter each, so that the letters of all
 * columns make the signature by which row parsers are cached.
 */
export const COLUMN_CODES = {
  int16: "2",
  int32: "4",
  int64: "8",
  oid: "o",
  float32: "f",
  float64: "F",
  /** numeric as the nearest double. */
  numeric: "n",
  boolean: "b",
  /** Days since 1970; infinity becomes null. */
  date: "d",
  /** Microseconds since 1970; infinity, and years after 294246, become null. */
  timestamp: "t",
  /** Text as codes into a dictionary. */
  dictionary: "D",
  /** Text as it is. */
  text: "s",
  /** jsonb: a version byte, then text. */
  jsonb: "j",
  /** Anything else that has to be written out as text: exact numerics, arrays, uuid, bytea. */
  rendered: "r",
} as const;

export type ColumnForm = keyof typeof COLUMN_CODES;

/** PostgreSQL type oids whose binary form is read; every other type is asked for as text. */
export const OID = {
  bool: 16,
  bytea: 17,
  char: 18,
  name: 19,
  int8: 20,
  int2: 21,
  int4: 23,
  text: 25,
  oid: 26,
  json: 114,
  float4: 700,
  float8: 701,
  unknown: 705,
  bpchar: 1042,
  varchar: 1043,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
  numeric: 1700,
  uuid: 2950,
  jsonb: 3802,
} as const;
