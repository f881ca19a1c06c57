import type { B24Client, CallOptions } from "@b24kit/client";
import type { LitElement, ReactiveController } from "lit";
import { ClientController, type Failure, toFailure } from "../../core/index.ts";
import { readPicture } from "./read-picture.ts";

/** What decides how a picture looks. */
export interface PictureWish {
  chart: string;
  locale: "ru" | "en";
  timeZone: string;
  theme: "light" | "dark";
  width: number;
  /** What its form needs where absent. */
  height?: number;
}

export type PictureState =
  | { kind: "loading" }
  | { kind: "drawn"; picture: SVGSVGElement }
  | { kind: "failed"; failure: Failure };

/** The picture that fits its host, asked for anew when what it should look like changes. */
export class PictureController implements ReactiveController {
  state: PictureState = { kind: "loading" };
  readonly #host: LitElement;
  readonly #wish: () => PictureWish | undefined;
  readonly #call: () => CallOptions;
  readonly #clients: ClientController;
  #asked = "";
  #abort = new AbortController();

  /** @param call what every request carries */
  constructor(host: LitElement, wish: () => PictureWish | undefined, call: () => CallOptions) {
    this.#host = host;
    this.#wish = wish;
    this.#call = call;
    this.#clients = new ClientController(host, () => this.refresh());
    host.addController(this);
  }

  hostUpdated(): void {
    const client = this.#clients.current;
    const wish = this.#wish();
    const asked = JSON.stringify(wish);
    if (!client || !wish || asked === this.#asked) return;
    this.#asked = asked;
    void this.#ask(client, wish);
  }

  hostDisconnected(): void {
    this.#abort.abort();
    this.#asked = "";
  }

  /** Asks again; what has not changed is not sent again. */
  refresh(): void {
    this.#asked = "";
    this.#host.requestUpdate();
  }

  async #ask(client: B24Client, { chart, ...look }: PictureWish): Promise<void> {
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    try {
      const picture = readPicture(
        await client.charts.boards.picture(chart, look, { ...this.#call(), signal }),
      );
      if (!picture) throw new Error("The answer is no picture.");
      if (!signal.aborted) this.state = { kind: "drawn", picture };
    } catch (error) {
      if (!signal.aborted) this.state = { kind: "failed", failure: toFailure(error) };
    }
    this.#host.requestUpdate();
  }
}
