import { createHash } from "node:crypto";
import type { Change, Journal } from "./store/journal.ts";

interface RenameChange extends Change {
  kind: "rename";
  url: string;
  from: string;
}

/** Where a portal is found: its address, the ones it had before, and the number it keeps through every renaming. */
export class PortalAddress {
  readonly #journal: Journal;
  #url: string;
  #base: string;
  #formerHosts = new Set<string>();

  /** @param url without a closing slash */
  constructor(journal: Journal, url: string) {
    this.#journal = journal;
    this.#url = url;
    this.#base = url;
    journal.on("seed", () => {
      this.#url = this.#base;
      this.#formerHosts.clear();
    });
    journal.on<RenameChange>("rename", ({ url, from }) => {
      this.#url = url;
      this.#formerHosts.add(from);
      this.#formerHosts.delete(new URL(url).host);
    });
  }

  /** `http://127.0.0.1:8081` */
  get url(): string {
    return this.#url;
  }

  /** `127.0.0.1:8081`: what the portal calls DOMAIN. */
  get domain(): string {
    return new URL(this.#url).host;
  }

  /** `PROTOCOL` of the frame protocol. */
  get protocol(): "0" | "1" {
    return this.#url.startsWith("https:") ? "1" : "0";
  }

  /** With the closing slash: the base of the portal's methods. */
  get clientEndpoint(): string {
    return `${this.#url}/rest/`;
  }

  /** The portal learns where it listens; a name given to it since is kept. */
  listen(url: string): void {
    if (this.#url === this.#base) this.#url = url;
    this.#base = url;
  }

  /** The portal moves to another domain; requests to the old one are redirected. */
  rename(url: string): void {
    if (url === this.#url) return;
    this.#journal.commit<RenameChange>({ kind: "rename", url, from: this.domain });
  }

  isFormer(host: string): boolean {
    return this.#formerHosts.has(host);
  }
}

/** The portal's `member_id`: as long as name and seed stay, so does it. */
export function memberIdOf(name: string, seed: number): string {
  return createHash("md5").update(`b24kit member ${name} ${seed}`).digest("hex");
}
