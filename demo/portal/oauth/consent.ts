import type { Application } from "../apps/application.ts";
import { fullName, isActiveUser } from "../people.ts";
import type { Portal } from "../portal.ts";
import type { Row } from "../values.ts";

/** What the authorize page was asked for. */
export interface ConsentRequest {
  clientId: string;
  state: string;
}

export interface Consent {
  application: Application;
  userId: number;
  /** Whom the browser may play, the present one first. */
  people: { id: number; name: string }[];
}

/** Why no code can be given; the page says it, nobody is redirected. */
export type ConsentFault = "no_client" | "unknown_client" | "removed_client" | "inactive_user" | "denied";

/** The application and the person, or what is wrong with them. */
export function readConsent(portal: Portal, clientId: string, userId: number): Consent | ConsentFault {
  if (clientId === "") return "no_client";
  const application = portal.applications.remember(clientId);
  if (!application) return "unknown_client";
  if (application.removed) return "removed_client";
  if (!isActiveUser(portal, userId)) return "inactive_user";
  return { application, userId, people: peopleToPlay(portal.crm.users, userId) };
}

const MOST_PEOPLE = 20;

function peopleToPlay(users: readonly Row[], userId: number): Consent["people"] {
  const active = users.filter((row) => row.ACTIVE === true);
  const first = active.filter((row) => Number(row.ID) === userId);
  const others = active.filter((row) => Number(row.ID) !== userId).slice(0, MOST_PEOPLE - 1);
  return [...first, ...others].map((row) => ({ id: Number(row.ID), name: fullName(row) }));
}

/** Where the browser goes with the code: the address on the card, whatever the request says. */
export function returnAddress(portal: Portal, consent: Consent, state: string): string {
  const { clientId, handlerUrl, scopes } = consent.application;
  const url = new URL(handlerUrl);
  const { code } = portal.tokens.issueCode(clientId, consent.userId);
  const query = {
    code,
    state,
    domain: portal.address.domain,
    member_id: portal.memberId,
    scope: scopes.join(","),
    server_domain: portal.address.domain,
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}
