import type { SessionMessages } from "./messages.ts";

export const en: SessionMessages = {
  heading: "Sign in",
  lead: "The sign-in is kept in this tab only and forgotten when it is closed.",
  email: "E-mail",
  password: "Password",
  key: "API key",
  keyHint: "The server's API_KEY setting, or a key b24k_… that an administrator made.",
  signIn: "Sign in",
  signingIn: "Signing in…",
  byKey: "Sign in by an API key",
  byPassword: "Sign in by e-mail and password",
  emailMissing: "Enter the e-mail address.",
  passwordMissing: "Enter the password.",
  keyMissing: "Enter the key.",
  keyWrong: "The server knows no such key. Check that it was copied whole and is not revoked.",
  ended: "The earlier sign-in is no longer valid: the key was revoked or the session ended. Sign in again.",
};
