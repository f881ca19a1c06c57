import { hash } from "node:crypto";
import { hashSecret } from "../../platform/auth/secret-equal.ts";
import { formText, type PhpForm } from "../../platform/bitrix/php-form.ts";
import type { PortalClient } from "../../platform/bitrix/types.ts";
import type { Database } from "../../platform/db/database.ts";
import { AppError } from "../../platform/http/app-error.ts";
import type { GivenEvent, KeepEvent } from "./keep-events.ts";
import { proveCaller } from "./prove-caller.ts";
import { hasApplicationToken, updateApplicationToken } from "./store/event-tokens.ts";
import { selectInstallationOf } from "./store/installation.ts";

export interface AcceptOptions {
  readonly db: Database;
  readonly keepEvent: KeepEvent;
  readonly openWithToken: (endpoint: string, accessToken: string) => PortalClient;
}

/** An event that is kept. */
export interface Accepted {
  readonly portalId: number;
  readonly event: string;
  /** Unix time on the portal's clock. */
  readonly ts: number | null;
  readonly kind: "application" | "webhook";
}

/**
 * Keeps the event if its token is a portal's, in one statement. Its age does not matter.
 * @throws AppError event_token_invalid, bad_request
 */
export async function acceptEvent(options: AcceptOptions, form: PhpForm): Promise<Accepted> {
  const event = (formText(form, "event") ?? "").toUpperCase().slice(0, 100);
  if (!/^ON[A-Z0-9_]+$/.test(event)) throw new AppError("bad_request", "The form names no event.");
  const token = formText(form, "auth", "application_token") ?? "";
  const given = readGiven(form, event, token);
  if (token === "" || given.memberId === "") throw new AppError("event_token_invalid");
  let kept = await options.keepEvent(given);
  if (kept === null) {
    await learnToken(options, given.memberId, token, formText(form, "auth", "access_token"));
    kept = await options.keepEvent(given);
  }
  if (kept === null) throw new AppError("event_token_invalid");
  return { event, ts: given.ts, ...kept };
}

function readGiven(form: PhpForm, event: string, token: string): GivenEvent {
  const entityId = entityIdOf(form);
  return {
    memberId: formText(form, "auth", "member_id") ?? "",
    host: (formText(form, "auth", "domain") ?? "").toLowerCase(),
    token: hashSecret(token),
    key: keyOf(form, event, entityId),
    ...{ event, entityId },
    userId: toWhole(formText(form, "auth", "user_id")),
    ts: toWhole(formText(form, "ts")),
    data: JSON.stringify(form.data ?? {}),
  };
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
): Promise<void> {
  const installation = accessToken ? await selectInstallationOf(db.pool, memberId) : null;
  if (!installation || !accessToken) throw new AppError("event_token_invalid");
  if (await hasApplicationToken(db.pool, installation.portalId)) throw new AppError("event_token_invalid");
  const client = openWithToken(installation.endpoint, accessToken);
  try {
    const caller = await proveCaller(client, (code) => code === installation.appCode);
    // Whoever runs the portal may say what its token is; a colleague with a token of the application may not.
    if (!caller.admin) throw new AppError("event_token_invalid");
  } catch (cause) {
    throw new AppError("event_token_invalid", undefined, { cause });
  }
  await updateApplicationToken(db.pool, installation.portalId, token);
}

function keyOf(form: PhpForm, event: string, entityId: string | null): Buffer {
  const parts = [
    formText(form, "auth", "member_id"),
    event,
    entityId,
    formText(form, "ts"),
    formText(form, "event_handler_id"),
  ];
  // Without a record or a time nothing but the whole tells two events apart.
  if (parts[2] === null || parts[3] === undefined) parts.push(JSON.stringify(form.data ?? {}));
  return hash("sha256", JSON.stringify(parts), "buffer");
}

const SIDES = ["FIELDS", "FIELDS_AFTER", "FIELDS_BEFORE"];

function entityIdOf(form: PhpForm): string | null {
  // Tasks tell what they were before and after; one that is deleted has only a before.
  const id = SIDES.map((side) => formText(form, "data", side, "ID")).find((one) => one !== undefined);
  return id?.slice(0, 100) ?? null;
}

function toWhole(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,10}$/.test(text) && Number(text) < 2 ** 31 ? Number(text) : null;
}
