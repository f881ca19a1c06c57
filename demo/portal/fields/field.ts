import type { Value } from "../values.ts";

/** One field as `crm.*.fields` describes it. */
export interface Field {
  name: string;
  /** Bitrix24's type name; for a user field its USER_TYPE_ID. */
  type: string;
  title: string;
  isRequired: boolean;
  isReadOnly: boolean;
  isImmutable: boolean;
  isMultiple: boolean;
  isDynamic: boolean;
  isDeprecated: boolean;
  statusType?: string;
  /** Choices of an enumeration. */
  items?: readonly { ID: string; VALUE: string }[];
  settings?: Value;
  /** Never part of a classic list or get answer (links kept elsewhere in the portal). */
  isHidden: boolean;
}

/** `[name, type, title, flags, statusType]`; flags: o read only, r required, m multiple, d deprecated, i immutable, h hidden. */
export type FieldSpec = readonly [
  name: string,
  type: string,
  title: string,
  flags?: string,
  statusType?: string,
];

export function describeField([name, type, title, flags = "", statusType]: FieldSpec): Field {
  return {
    name,
    type,
    title,
    isRequired: flags.includes("r"),
    isReadOnly: flags.includes("o"),
    isImmutable: flags.includes("i"),
    isMultiple: flags.includes("m"),
    isDynamic: false,
    isDeprecated: flags.includes("d"),
    isHidden: flags.includes("h"),
    ...(statusType ? { statusType } : {}),
  };
}
