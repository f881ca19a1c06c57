import { createHash, timingSafeEqual } from "node:crypto";
import { hashSecret } from "../../platform/auth/secret-equal.ts";
import { formText, type PhpForm } from "../../platform/bitrix/php-form.ts";
import type { PortalClient } from "../../platform/bitrix/types.ts";
import type { Database } from "../../platform/db/database.ts";
import { AppError } from "../../platform/http/app-error.ts";
import { proveCaller } from "./prove-caller.ts";
import { selectEventTokens, updateApplicationToken } from "./store/event-tokens.ts";
import { insertInboxEvent } from "./store/inbox.ts";
import { selectInstallationOf } from "./store/installation.ts";

export interface AcceptOptions {
  readonly db: Database;
  readonly openWithToken: (endpoint: string, accessToken: string) => PortalClient;
}

/** An event that is kept. */
export interface Accepted {
  readonly portalId: number;
  readonly event: string;
  readonly kind: "application" | "webhook";
  /** False where it had come before. */
  readonly fresh: boolean;
}

/**
 * Checks the token and keeps the event: one look-up, one insert. Its age does not matter.
 * @throws AppError event_token_invalid, bad_request
 */
export async function acceptEvent(options: AcceptOptions, form: PhpForm): Promise<Accepted> {
  const event = (formText(form, "event") ?? "").toUpperCase().slice(0, 100);
  if (!/^ON[A-Z0-9_]+$/.test(event)) throw new AppError("bad_request", "The form names no event.");
  const { portalId, kind } = await requireToken(options, form);
  const fresh = await insertInboxEvent(options.db.pool, {
    portalId,
    event,
    key: keyOf(form, event),
    entityId: entityIdOf(form),
    userId: toWhole(formText(form, "auth", "user_id")),
    ts: toWhole(formText(form, "ts")),
    data: form.data ?? {},
  });
  return { portalId, event, kind, fresh };
}

async function requireToken(
  options: AcceptOptions,
  form: PhpForm,
): Promise<Pick<Accepted, "portalId" | "kind">> {
  const token = formText(form, "auth", "application_token") ?? "";
  const memberId = formText(form, "auth", "member_id") ?? "";
  const host = (formText(form, "auth", "domain") ?? "").toLowerCase();
  if (token === "" || memberId === "") throw new AppError("event_token_invalid");
  const known = await selectEventTokens(options.db.pool, memberId, host);
  const given = hashSecret(token);
  // Every hash is looked at: the time tells neither which one fitted nor whether one did.
  const fitting = known.filter(({ hash }) => timingSafeEqual(hash, given));
  if (fitting[0]) return fitting[0];
  if (known.some(({ kind }) => kind === "application")) throw new AppError("event_token_invalid");
  return learnToken(options, memberId, token, formText(form, "auth", "access_token"));
}

/**
 * The first event after an installation through the consent page brings the application's token; it counts once the
 * portal, asked at the address that we have stored, says that the access token beside it is our application's.
 */
async function learnToken(
  { db, openWithToken }: AcceptOptions,
  memberId: string,
  token: string,
  accessToken: string | undefined,
): Promise<Pick<Accepted, "portalId" | "kind">> {
  const installation = accessToken ? await selectInstallationOf(db.pool, memberId) : null;
  if (!installation || !accessToken) throw new AppError("event_token_invalid");
  const client = openWithToken(installation.endpoint, accessToken);
  try {
    const caller = await proveCaller(client, (code) => code === installation.appCode);
    // Whoever runs the portal may say what its token is; a colleague with a token of the application may not.
    if (!caller.admin) throw new AppError("event_token_invalid");
  } catch (cause) {
    throw new AppError("event_token_invalid", undefined, { cause });
  }
  await updateApplicationToken(db.pool, installation.portalId, token);
  return { portalId: installation.portalId, kind: "application" };
}

function keyOf(form: PhpForm, event: string): Buffer {
  const parts = [
    formText(form, "auth", "member_id"),
    event,
    entityIdOf(form),
    formText(form, "ts"),
    formText(form, "event_handler_id"),
  ];
  // Without a record or a time nothing but the whole tells two events apart.
  if (parts[2] === null || parts[3] === undefined) parts.push(JSON.stringify(form.data ?? {}));
  return createHash("sha256").update(JSON.stringify(parts)).digest();
}

function entityIdOf(form: PhpForm): string | null {
  const id = formText(form, "data", "FIELDS", "ID") ?? formText(form, "data", "FIELDS_AFTER", "ID");
  return id === undefined ? null : id.slice(0, 100);
}

function toWhole(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,10}$/.test(text) && Number(text) < 2 ** 31 ? Number(text) : null;
}
