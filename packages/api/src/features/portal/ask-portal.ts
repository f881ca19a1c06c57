import type { PortalClient } from "../../platform/bitrix/types.ts";
import { AppError, toFailure } from "../../platform/http/app-error.ts";
import type { PortalFailure } from "./store.ts";

/** What the mirror cannot do without. Scopes for dictionaries (users, departments) are missed, but not needed. */
const neededScopes = ["crm"];

/** A person waits for the answer: a portal that takes longer is told to be silent. */
const PATIENCE_MS = 20_000;

/**
 * Asks the portal two things that need no scope: whether the credential works, and what it may do.
 * @throws PortalError as the portal client does; AppError insufficient_scope, naming what is missing; portal_unreachable
 * where the answer takes too long
 */
export async function askPortal(
  client: PortalClient,
  signal?: AbortSignal,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const deadline = AbortSignal.timeout(patienceMs);
  try {
    await ask(client, signal ? AbortSignal.any([signal, deadline]) : deadline);
  } catch (error) {
    if (!deadline.aborted || signal?.aborted) throw error;
    const detail = `${client.host} did not answer within ${patienceMs / 1000} s.`;
    throw new AppError("portal_unreachable", detail, { cause: error });
  }
}

async function ask(client: PortalClient, signal: AbortSignal): Promise<void> {
  const options = { priority: "interactive" as const, signal };
  await client.call("profile", {}, options);
  const { result } = await client.call<unknown>("scope", {}, options);
  if (!Array.isArray(result))
    throw new AppError("portal_answer_invalid", "The portal's answer to `scope` is not a list.");
  const missing = neededScopes.filter((scope) => !result.includes(scope));
  if (missing.length > 0)
    throw new AppError("insufficient_scope", `The credential lacks the scope: ${missing.join(", ")}.`);
}

/** The same as a value: null when all is well. Failures of our own side (not the portal's) are thrown. */
export async function checkAnswer(
  open: () => Promise<PortalClient>,
  signal?: AbortSignal,
): Promise<PortalFailure | null> {
  try {
    await askPortal(await open(), signal);
    return null;
  } catch (error) {
    const { code, detail } = toFailure(error);
    if (code === "internal" || code === "database_unavailable") throw error;
    return { code, detail };
  }
}
