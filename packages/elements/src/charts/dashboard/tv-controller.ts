import type { LitElement, ReactiveController } from "lit";

/** Charts that a screen across the room can show at once. */
export const TV_TILES = 4;

/** The whole screen, big type, page after page; Escape leaves. */
export class TvController implements ReactiveController {
  on = false;
  page = 0;
  readonly #host: LitElement;
  readonly #pages: () => number;
  readonly #seconds: () => number;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: LitElement, pages: () => number, seconds: () => number) {
    this.#host = host;
    this.#pages = pages;
    this.#seconds = seconds;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener("fullscreenchange", this.#onChange);
    document.addEventListener("keydown", this.#onKey);
  }

  hostDisconnected(): void {
    document.removeEventListener("fullscreenchange", this.#onChange);
    document.removeEventListener("keydown", this.#onKey);
    this.#stop();
  }

  async enter(): Promise<void> {
    this.on = true;
    this.page = 0;
    this.#timer = setInterval(() => this.turn(1), this.#seconds() * 1000);
    this.#host.requestUpdate();
    // Where the page may not have the whole screen, the board fills the window instead.
    await this.#host.requestFullscreen?.().catch(() => {});
  }

  leave(): void {
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => {});
    this.#stop();
    this.#host.requestUpdate();
  }

  turn(by: number): void {
    const pages = Math.max(1, this.#pages());
    this.page = (this.page + by + pages) % pages;
    this.#host.requestUpdate();
  }

  #stop(): void {
    this.on = false;
    clearInterval(this.#timer);
  }

  readonly #onChange = () => {
    if (this.on && !document.fullscreenElement) this.leave();
  };

  readonly #onKey = (event: KeyboardEvent) => {
    if (!this.on) return;
    if (event.key === "Escape") this.leave();
    if (event.key === "ArrowRight") this.turn(1);
    if (event.key === "ArrowLeft") this.turn(-1);
  };
}
