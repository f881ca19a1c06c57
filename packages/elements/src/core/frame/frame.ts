import { type FrameAuth, type FrameData, readAuth, readData } from "./frame-data.ts";

/** Milliseconds that the portal has to answer; its own SDK waits as long for a new token. */
const PATIENCE = 10_000;

/** The portal and the frame, as the portal wrote them into the frame's name: `<domain>|<0 or 1>|<frame's id>`. */
const NAME = /^([^|/\s]+)\|([01])\|([\w-]+)$/;

/** The conversation of an application's page with the portal that shows it in a frame. */
export class PortalFrame {
  /** The portal's origin. Only it is spoken to, and only it is heard. */
  readonly origin: string;

  readonly #page: Window;
  readonly #id: string;
  readonly #waiting = new Map<string, (answer: unknown) => void>();
  #asked = 0;
  #data: Promise<FrameData> | undefined;
  #stopFitting: (() => void) | undefined;

  /** Use `openFrame`, which knows whether there is a portal around the page at all. */
  constructor(page: Window, origin: string, id: string) {
    this.#page = page;
    this.origin = origin;
    this.#id = id;
    page.addEventListener("message", this.#hear);
  }

  /** Where the page was opened, for whom, and with what. Asked once. */
  data(): Promise<FrameData> {
    this.#data ??= this.#ask("getInitData").then((answer) => {
      const data = readData(answer);
      if (data.firstRun) this.#tell("setInstall", { install: true });
      return data;
    });
    return this.#data;
  }

  /** A new access token of the person who looks. Rejects where the portal stays silent for 10 s. */
  async refreshAuth(): Promise<FrameAuth> {
    return readAuth(await this.#ask("refreshAuth", {}));
  }

  /** Makes the frame so many pixels high; as wide as its place, unless told. */
  resize(height: number, width: number | "100%" = "100%"): void {
    this.#tell("resizeWindow", { width, height: Math.ceil(height) });
  }

  /** Keeps the frame as high as what is in it, until the returned function is called. */
  fitContent(): () => void {
    this.#stopFitting?.();
    const { documentElement: root } = this.#page.document;
    let shown = 0;
    const observer = new ResizeObserver(() => {
      // The root's own box: its scroll height never falls below the frame's.
      const height = Math.ceil(root.getBoundingClientRect().height);
      if (height === 0 || height === shown) return;
      shown = height;
      this.resize(height);
    });
    observer.observe(root);
    this.#stopFitting = () => observer.disconnect();
    return this.#stopFitting;
  }

  /** The title of the portal's page or slider around the frame. */
  setTitle(title: string): void {
    this.#tell("setTitle", { title });
  }

  /** Opens a page of the portal, e.g. `/crm/deal/details/17/`, in a slider. Resolves when it is closed; `error` names why it did not open. */
  async openPath(path: string): Promise<{ error?: string }> {
    const answer = (await this.#ask("openPath", { path }, Number.POSITIVE_INFINITY)) as Answer;
    return answer?.result === "error" ? { error: String(answer.errorCode) } : {};
  }

  /** Tells the portal that the application is installed; it then shows the application's own page instead of this one. */
  installFinish(): void {
    this.#tell("setInstallFinish", {});
  }

  /** Closes the slider that the application was opened in. */
  closeApplication(): void {
    this.#tell("closeApplication", {});
  }

  /** Ends the conversation; what is still waited for is never answered. */
  close(): void {
    this.#stopFitting?.();
    this.#page.removeEventListener("message", this.#hear);
    this.#waiting.clear();
  }

  #ask(command: string, params?: object, patience = PATIENCE): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const silent = () => {
        this.#waiting.delete(key);
        reject(new Error(`The portal did not answer ${command} within ${patience} ms`));
      };
      const timer = Number.isFinite(patience) ? setTimeout(silent, patience) : undefined;
      const key = this.#tell(command, params);
      this.#waiting.set(key, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
  }

  /** Says it and waits for nothing; returns the key that an answer would carry. */
  #tell(command: string, params?: object): string {
    const key = `b24kit${++this.#asked}`;
    const parts = [command, ...(params ? [JSON.stringify(params)] : []), key, this.#id];
    this.#page.parent.postMessage(parts.join(":"), this.origin);
    return key;
  }

  readonly #hear = ({ source, origin, data }: MessageEvent): void => {
    if (source !== this.#page.parent || origin !== this.origin || typeof data !== "string") return;
    const colon = data.indexOf(":");
    const key = data.slice(0, colon);
    const take = colon > 0 ? this.#waiting.get(key) : undefined;
    if (!take) return;
    this.#waiting.delete(key);
    take(parse(data.slice(colon + 1)));
  };
}

type Answer = { result?: unknown; errorCode?: unknown } | null | undefined;

/** Absent where the portal had nothing to say; what is no JSON stays a text. */
function parse(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const open = new WeakMap<Window, PortalFrame>();

/** The portal around this page, one conversation a page; undefined where the page was not opened by a portal. */
export function openFrame(page: Window = window): PortalFrame | undefined {
  const known = open.get(page);
  if (known) return known;
  const [, domain, secure, id] = NAME.exec(page.name) ?? [];
  const address = `${secure === "1" ? "https" : "http"}://${domain}`;
  if (!domain || !id || page.parent === page || !URL.canParse(address)) return undefined;
  // As the browser writes origins: without a port that goes without saying.
  const frame = new PortalFrame(page, new URL(address).origin, id);
  open.set(page, frame);
  return frame;
}
