import type { B24Client, PictureLink } from "@b24kit/client";
import type { LitElement, ReactiveController } from "lit";
import { ClientController, type Failure, toFailure } from "../../core/index.ts";

/** Makes, lists and ends the addresses of one chart's picture. */
export class LinksController implements ReactiveController {
  made: PictureLink | undefined;
  links: readonly PictureLink[] = [];
  busy = false;
  failure: Failure | undefined;
  readonly #host: LitElement;
  readonly #clients: ClientController;

  readonly #chart: () => string;
  /** The chart whose addresses are here. */
  #listed = "";

  /** @param chart the one that is looked at; "" while none is */
  constructor(host: LitElement, chart: () => string) {
    this.#host = host;
    this.#chart = chart;
    this.#clients = new ClientController(host, () => host.requestUpdate());
    host.addController(this);
  }

  hostUpdated(): void {
    const chart = this.#chart();
    if (!this.#clients.current || chart === this.#listed) return;
    this.#listed = chart;
    this.made = undefined;
    if (chart) void this.#list(chart);
  }

  get api(): string {
    return this.#clients.current?.baseUrl ?? "";
  }

  async #list(chart: string): Promise<void> {
    await this.#guarded(async ({ charts }) => {
      this.links = (await charts.boards.pictureLinks(chart)).filter(works);
    });
  }

  async make(expiresInHours: number): Promise<void> {
    await this.#guarded(async ({ charts }) => {
      this.made = await charts.boards.linkPicture(this.#chart(), { expiresInHours });
      this.links = [this.made, ...this.links];
    });
  }

  async revoke(id: string): Promise<void> {
    await this.#guarded(async ({ charts }) => {
      await charts.boards.revokePicture(id);
      this.links = this.links.filter((one) => one.id !== id);
      if (this.made?.id === id) this.made = undefined;
    });
  }

  async #guarded(act: (client: B24Client) => Promise<void>): Promise<void> {
    const client = this.#clients.current;
    if (!client || this.busy) return;
    this.busy = true;
    this.failure = undefined;
    this.#host.requestUpdate();
    try {
      await act(client);
    } catch (error) {
      this.failure = toFailure(error);
    }
    this.busy = false;
    this.#host.requestUpdate();
  }
}

const works = ({ revokedAt, expiresAt }: PictureLink) => !revokedAt && Date.parse(expiresAt) > Date.now();
