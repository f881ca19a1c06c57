import { type PortalProfile, readProfile, saveProfile } from "../platform/bitrix/profile.ts";
import type { PortalClient } from "../platform/bitrix/types.ts";
import type { Database } from "../platform/db/database.ts";
import { toFailure } from "../platform/http/app-error.ts";
import { SecretUnreadable } from "../platform/secrets/secrets.ts";
import { checkPortal } from "./check-portal.ts";
import { type CountedClient, countRequests } from "./count-requests.ts";
import type { Finding } from "./finding.ts";
import { measureReading, measureTouches } from "./measure-portal.ts";

/** A page that costs more leaves little of the operating limit to a load. */
const SLOW_PAGE_SECONDS = 1;

export interface Examined {
  readonly findings: Finding[];
  readonly requests: number;
  readonly profile: PortalProfile | null;
}

/** Everything about one portal: how it answers, what it lets us do, what it costs. */
export async function examinePortal(
  db: Database,
  portal: { readonly id: number; readonly host: string },
  options: { write: boolean; open: () => Promise<PortalClient> },
): Promise<Examined> {
  const findings: Finding[] = [];
  const add = (state: Finding["state"], code: Finding["code"], values: Finding["values"] = {}) =>
    void findings.push({ section: "portal", portal: portal.host, state, code, values });
  let counted: CountedClient | null = null;
  let profile: PortalProfile | null = null;
  try {
    counted = countRequests(await options.open());
    if (await checkPortal(counted.client, add)) {
      const before = await readProfile(db.pool, portal.id);
      profile = await measure(counted.client, add, { write: options.write, before });
      await saveProfile(db.pool, portal.id, profile);
      add("ok", "profile_saved");
    }
  } catch (error) {
    const { code, detail } = toFailure(error);
    if (isSealed(error)) add("failed", "secret_unreadable");
    else add("failed", counted === null ? "portal_fails" : "measurement_failed", { error: code, detail });
  }
  return { findings, requests: counted?.used() ?? 0, profile };
}

/** The `portal` feature tells it as a credential to be entered anew; here its reason matters. */
function isSealed(error: unknown): boolean {
  return error instanceof SecretUnreadable || (error as Error).cause instanceof SecretUnreadable;
}

type Add = (state: Finding["state"], code: Finding["code"], values?: Finding["values"]) => void;

/** What takes a write is measured with leave only; without it what is known stays. */
async function measure(
  client: CountedClient["client"],
  add: Add,
  { write, before }: { write: boolean; before: PortalProfile | null },
): Promise<PortalProfile> {
  const reading = await measureReading(client);
  const { billing, pageSeconds, batchPageSeconds, roundTripSeconds } = reading;
  add(billing === "unknown" ? "warning" : "ok", "billing_measured", { billing });
  const slow = (batchPageSeconds ?? 0) > SLOW_PAGE_SECONDS;
  add(slow ? "warning" : "ok", slow ? "page_slow" : "page_measured", {
    ...{ page: pageSeconds, batch: batchPageSeconds, trip: roundTripSeconds },
  });
  if (!write) add("note", "child_edits_skipped");
  const known = before?.touches ?? { productRows: null, contacts: null };
  const touches = write ? await measureTouches(client) : known;
  if (write) add("ok", "child_edits_measured", touches);
  return { ...reading, touches };
}
