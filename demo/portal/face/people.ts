import { findUser, fullName } from "../people.ts";
import { asText } from "../php.ts";
import type { Portal } from "../portal.ts";
import type { Row } from "../values.ts";
import { html, type Markup } from "./markup.ts";

/** `Светлана Воробьёва` */
export function personName(row: Row): string {
  return fullName(row) || "Без имени";
}

/** Initials on a ground that is the same for one person everywhere; decoration, so silent. */
export function avatar(row: Row): Markup {
  const initials = [row.NAME, row.LAST_NAME].map((part) => asText(part).slice(0, 1)).join("");
  return html`<span class="avatar tint-${Number(row.ID) % 8}" aria-hidden="true">${initials || "?"}</span>`;
}

/** A colleague as cards and lists show one. */
export function person(portal: Portal, id: unknown): Markup | null {
  const user = findUser(portal, Number(id));
  if (!user) return null;
  return html`<span class="person">${avatar(user)}<span>${personName(user)}</span></span>`;
}
