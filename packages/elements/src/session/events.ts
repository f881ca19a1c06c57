import type { Session, UserSession } from "@b24kit/client";
import { FactEvent } from "../core/index.ts";

/** What somebody signed in with: an API key, or a session that ends and is renewed by its refresh token. */
export type SignedIn = { kind: "key"; token: string } | ({ kind: "user" } & UserSession);

/** Somebody has signed in, and the API has accepted it. The page keeps what it was given, and hands it to the provider. */
export class SignedInEvent extends FactEvent<{ signedIn: SignedIn; session: Session }> {
  constructor(detail: { signedIn: SignedIn; session: Session }) {
    super("b24-signed-in", detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    "b24-signed-in": SignedInEvent;
  }
}
