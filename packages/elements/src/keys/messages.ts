import type { KeyRight } from "@b24kit/client";
import type { Texts } from "../core/index.ts";
import { en } from "./messages.en.ts";
import { ru } from "./messages.ru.ts";

/** Texts of `<b24-keys>`. */
export interface KeysMessages {
  heading: string;
  lead: string;
  emptyTitle: string;
  emptyText: string;
  add: string;
  name: string;
  nameHint: string;
  nameMissing: string;
  rights: string;
  rightsMissing: string;
  right: Record<KeyRight, string>;
  rightMeans: Record<KeyRight, string>;
  ends: string;
  never: string;
  inDays: (days: number) => string;
  create: string;
  cancel: string;
  secretTitle: string;
  secretText: string;
  copy: string;
  copied: string;
  selected: string;
  done: string;
  active: string;
  revoked: string;
  expired: string;
  made: (when: string) => string;
  used: (when: string) => string;
  unused: string;
  endsAt: (when: string) => string;
  revokedAt: (when: string) => string;
  revoke: string;
  revokeOf: (name: string) => string;
  revokeQuestion: (name: string) => string;
  revokeYes: string;
  revokeNo: string;
  ended: (n: number) => string;
  announceMade: (name: string) => string;
  announceRevoked: (name: string) => string;
}

export const keysTexts: Texts<KeysMessages> = { ru, en };
