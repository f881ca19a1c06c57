import {
  AjaxError,
  AjaxResult,
  B24Hook,
  B24OAuth,
  type B24OAuthParams,
  type Result,
  SdkError,
} from "@bitrix24/b24jssdk";

/** What the official SDK is asked to do; each answers in plain JSON what it got. The names are called by `driver.ts`. */

interface Hook {
  webhookUrl: string;
  /** Requests of the SDK's own bucket; its own default is that of an ordinary plan. */
  burst?: number;
  drainPerSecond?: number;
  retries?: number;
}

function openHook({ webhookUrl, burst = 50, drainPerSecond = 2, retries = 3 }: Hook): B24Hook {
  const rateLimit = { burstLimit: burst, drainRate: drainPerSecond, adaptiveEnabled: false };
  const hook = B24Hook.fromWebhookUrl(webhookUrl, {
    restrictionParams: { rateLimit, maxRetries: retries, retryDelay: 20 },
  });
  hook.offClientSideWarning();
  return hook;
}

interface Call extends Hook {
  method: string;
  params?: Record<string, unknown>;
}

/** One call: its whole answer, or what the SDK threw. */
export async function call({ method, params = {}, ...hook }: Call) {
  const made = await openHook(hook)
    .actions.v2.call.make({ method, params })
    .catch((error: unknown) => error);
  if (made instanceof AjaxResult) return { success: made.isSuccess, answer: made.getData() };
  if (!(made instanceof AjaxError)) throw made;
  const { response } = made.originalError as { response?: { data: unknown } };
  return { code: made.code, status: made.status, message: made.message, body: response?.data };
}

type Command = [method: string, params: Record<string, unknown>];

/** A batch as rows or by name. */
export async function batch({ calls, ...hook }: Hook & { calls: Command[] | Record<string, Command> }) {
  const made = await openHook(hook).actions.v2.batch.make({ calls, options: { isHaltOnError: false } });
  return { success: made.isSuccess, data: made.getData() as unknown, errors: made.getErrorMessages() };
}

export async function batchByChunk({ calls, ...hook }: Hook & { calls: Command[] }) {
  const made = await openHook(hook).actions.v2.batchByChunk.make({ calls });
  return { success: made.isSuccess, data: made.getData() as unknown[] };
}

interface List extends Call {
  idKey?: string;
  resultKey?: string;
}

const listOptions = ({ method, params, idKey, resultKey }: List) => ({
  method,
  ...(params ? { params } : {}),
  ...(idKey ? { idKey } : {}),
  ...(resultKey ? { customKeyForResult: resultKey } : {}),
});

/** Everything at once. */
export async function callList(list: List) {
  const made: Result<unknown[]> = await openHook(list).actions.v2.callList.make(listOptions(list));
  return { success: made.isSuccess, rows: made.getData() };
}

/** Page by page. */
export async function fetchList(list: List) {
  const pages: unknown[][] = [];
  for await (const page of openHook(list).actions.v2.fetchList.make(listOptions(list))) pages.push(page);
  return pages;
}

/** Many calls at once; how many came through and how long it all took. */
export async function callTogether({ count, ...given }: Call & { count: number }) {
  const hook = openHook(given);
  const startedAt = performance.now();
  const calls = Array.from({ length: count }, () =>
    hook.actions.v2.call.make({ method: given.method, params: given.params ?? {} }),
  );
  const done = await Promise.allSettled(calls);
  return {
    fulfilled: done.filter(({ status }) => status === "fulfilled").length,
    seconds: (performance.now() - startedAt) / 1000,
  };
}

interface OAuth {
  params: B24OAuthParams;
  client: { clientId: string; clientSecret: string };
  /** How many calls of `profile` at once, and how many times in a row. */
  together: number;
  rounds: number;
}

/** Calls as an application; what came of it, and what the SDK gave to be kept after each refresh. */
export async function callByToken({ params, client, together, rounds }: OAuth) {
  const auth = new B24OAuth(params, client);
  auth.offClientSideWarning();
  const kept: B24OAuthParams[] = [];
  auth.setCallbackRefreshAuth(async ({ b24OAuthParams }) => void kept.push({ ...b24OAuthParams }));
  const outcomes: unknown[] = [];
  for (let round = 0; round < rounds; round++) {
    const calls = Array.from({ length: together }, () =>
      auth.actions.v2.call
        .make<{ ID: string }>({ method: "profile" })
        .then((made) => made.getData()?.result.ID)
        .catch(explain),
    );
    outcomes.push(...(await Promise.all(calls)));
  }
  return { outcomes, kept };
}

/** A refresh that was refused hides within what the SDK calls an unknown error. */
function explain(error: AjaxError): string {
  const { originalError } = error;
  const { status, code } = originalError instanceof SdkError ? originalError : error;
  return `${status} ${code}`;
}

interface Grant {
  portalUrl: string;
  client: { clientId: string; clientSecret: string };
}

/** What the handler of a local application does: lets the portal give it a code, and exchanges that for tokens. */
export async function getTokens({ portalUrl, client }: Grant): Promise<Record<string, unknown>> {
  const { clientId: client_id, clientSecret: client_secret } = client;
  const authorize = `${portalUrl}/oauth/authorize/?${new URLSearchParams({ client_id, state: "s" })}`;
  const { headers } = await fetch(authorize, { redirect: "manual" });
  const returned = new URL(headers.get("location") ?? "nowhere:").searchParams;
  const body = new URLSearchParams({
    grant_type: "authorization_code",
    client_id,
    client_secret,
    code: returned.get("code") ?? "",
  });
  const answer = await fetch(`${portalUrl}/oauth/token/`, { method: "POST", body });
  return (await answer.json()) as Record<string, unknown>;
}
