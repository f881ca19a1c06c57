const KEY = "b24kit-tab-session";
const CHANNEL = "b24kit-tabs";
/** Another tab answers at once, or when it has done what keeps it busy; longer than this nobody waits for a name. */
const ANSWER_MS = 1_000;

interface Word {
  readonly kind: "ask" | "taken";
  readonly session: string;
  /** A page's own number, which lives no longer than the page. */
  readonly page: string;
}

let known: Promise<string> | undefined;

/**
 * This tab's own name. It lives in sessionStorage, so a reload keeps it; a duplicated tab brings the same one along, and
 * the newer of the two takes another. Needs neither https nor locks.
 */
export function tabSession(): Promise<string> {
  known ??= settle(storedSession(), fresh(), openChannel());
  return known;
}

/**
 * Asks the other tabs whether the name that the tab came with is taken, keeps what it settles for, and answers those who
 * ask later. A new name is nobody's: it needs no asking.
 */
export async function settle(found: string | null, page: string, channel: Channel | null): Promise<string> {
  let session = found ?? fresh();
  let settled = false;
  let taken = false;
  let hear = () => {};
  const told = new Promise<void>((resolve) => {
    hear = resolve;
  });
  const say = (kind: Word["kind"]) => channel?.postMessage({ kind, session, page } satisfies Word);
  channel?.addEventListener("message", ({ data }) => {
    const word = data as Word;
    if (word.session !== session || word.page === page) return;
    // Of two that come at the same moment the one with the lower number keeps the name.
    if (word.kind === "ask" && (settled || page < word.page)) return say("taken");
    if (settled) return;
    taken = true;
    hear();
  });
  if (channel && found !== null) {
    say("ask");
    await Promise.race([told, new Promise((resolve) => setTimeout(resolve, ANSWER_MS))]);
  }
  if (taken) session = fresh();
  settled = true;
  storeSession(session);
  return session;
}

export type Channel = Pick<BroadcastChannel, "postMessage" | "addEventListener">;

function openChannel(): Channel | null {
  return "BroadcastChannel" in globalThis ? new BroadcastChannel(CHANNEL) : null;
}

function fresh(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

function storedSession(): string | null {
  try {
    const session = sessionStorage.getItem(KEY);
    return session && /^[\w-]{8,64}$/.test(session) ? session : null;
  } catch {
    return null; // a page without storage has a new name after each reload
  }
}

function storeSession(session: string): void {
  try {
    sessionStorage.setItem(KEY, session);
  } catch {
    // as above
  }
}
