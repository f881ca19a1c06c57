import type { Finding, FindingCode, Values } from "./finding.ts";
import { en } from "./messages.en.ts";
import { ru } from "./messages.ru.ts";

/** What, why, and what to do. Good news needs only the first. */
export interface Words {
  readonly what: (values: Values) => string;
  readonly why?: (values: Values) => string;
  readonly todo?: (values: Values) => string;
}

export interface DoctorMessages {
  readonly title: string;
  readonly sections: Record<Finding["section"], (portal: string) => string>;
  readonly why: string;
  readonly todo: string;
  readonly marks: Record<Finding["state"], string>;
  readonly summary: (failed: number, warnings: number, requests: number) => string;
  readonly readOnly: string;
  readonly usage: string;
  readonly findings: Record<FindingCode, Words>;
}

/** By the LANG of the terminal: Russian for `ru…`, English for everything else. */
export function messagesFor(lang: string | undefined): DoctorMessages {
  return /^ru/i.test(lang ?? "") ? ru : en;
}
