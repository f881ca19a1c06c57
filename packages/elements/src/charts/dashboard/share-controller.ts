import type { B24Client, ChartEmbed, ChartFilters, ShareLink } from "@b24kit/client";
import type { LitElement, ReactiveController } from "lit";
import { type Failure, toFailure } from "../../core/index.ts";

export interface ShareState {
  board: string;
  hours: 24 | 168 | 720;
  password: string;
  busy: boolean;
  made: ShareLink | undefined;
  links: readonly ShareLink[];
  /** Where the dashboard stands on other pages. */
  embeds: readonly ChartEmbed[];
  copied: boolean;
  failure?: Failure;
}

/** Makes and ends the links by which strangers see a dashboard. */
export class ShareController implements ReactiveController {
  state: ShareState | undefined;
  readonly #host: LitElement;
  readonly #client: () => B24Client | undefined;

  constructor(host: LitElement, client: () => B24Client | undefined) {
    this.#host = host;
    this.#client = client;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.state = undefined;
  }

  async open(board: string): Promise<void> {
    this.#set({
      board,
      hours: 168,
      password: "",
      busy: false,
      made: undefined,
      links: [],
      embeds: [],
      copied: false,
    });
    await this.#guarded(async (client) => {
      const { boards } = client.charts;
      const [links, embeds] = await Promise.all([boards.links(board), boards.embeds()]);
      this.change({ links: links.filter(works), embeds: embeds.filter((one) => isOf(one, board)) });
    });
  }

  close(): void {
    this.#set(undefined);
  }

  change(part: Partial<ShareState>): void {
    if (this.state) this.#set({ ...this.state, ...part });
  }

  /** `filters` are locked for whoever opens the link. */
  async make(filters: ChartFilters | null): Promise<void> {
    const { state } = this;
    if (!state || state.busy) return;
    await this.#guarded(async (client) => {
      const body = { expiresInHours: state.hours, password: state.password || null, filters };
      const made = await client.charts.boards.share(state.board, body);
      this.change({ made, copied: false, password: "", links: [made, ...state.links] });
    });
  }

  async revoke(id: string): Promise<void> {
    await this.#guarded(async (client) => {
      await client.charts.boards.revoke(id);
      const links = this.state?.links.filter((one) => one.id !== id) ?? [];
      this.change({ links, made: this.state?.made?.id === id ? undefined : this.state?.made });
    });
  }

  /** Ends an embedding, or allows it again. */
  async changeEmbed(id: string, revoked: boolean): Promise<void> {
    await this.#guarded(async (client) => {
      const changed = await client.charts.boards.changeEmbed(id, revoked);
      const embeds = this.state?.embeds.map((one) => (one.id === id ? changed : one)) ?? [];
      this.change({ embeds });
    });
  }

  async copy(): Promise<void> {
    await navigator.clipboard.writeText(this.state?.made?.url ?? "").then(
      () => this.change({ copied: true }),
      () => {}, // the field beside it can be selected by hand
    );
  }

  async #guarded(act: (client: B24Client) => Promise<void>): Promise<void> {
    const client = this.#client();
    if (!client) return;
    this.change({ busy: true });
    try {
      await act(client);
      this.change({ busy: false });
    } catch (error) {
      this.change({ busy: false, failure: toFailure(error) });
    }
  }

  #set(state: ShareState | undefined): void {
    this.state = state;
    this.#host.requestUpdate();
  }
}

const isOf = ({ content }: ChartEmbed, board: string) => content.kind === "dashboard" && content.id === board;
const works = ({ revokedAt, expiresAt }: ShareLink) => !revokedAt && Date.parse(expiresAt) > Date.now();
