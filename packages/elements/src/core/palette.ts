import { html, type LitElement, type ReactiveController, type TemplateResult } from "lit";
import { COLOURS, type ColourName } from "./tokens.ts";

/** Tokens as `#rrggbb(aa)`, for drawing code that cannot read CSS variables. */
export type Palette = Readonly<Record<ColourName, string>>;

let pixel: CanvasRenderingContext2D | null | undefined;

/** Any CSS colour as hex, whatever colour space an embedder wrote it in. */
function toHex(colour: string): string {
  pixel ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!pixel) return colour;
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = colour;
  pixel.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = pixel.getImageData(0, 0, 1, 1).data as unknown as [number, number, number, number];
  return `#${[r, g, b, ...(a < 255 ? [a] : [])].map((n) => n.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * The colours in force, and a redraw when they change: a hidden probe has a transition on the tokens' colours, so any
 * cause is noticed (provider's theme, page's colour scheme, system setting, an overridden token).
 */
export class PaletteController implements ReactiveController {
  readonly #host: LitElement;
  #palette: Palette | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#palette = undefined;
  }

  /** Colours now; only after the first render, when the probe is there. */
  get current(): Palette {
    this.#palette ??= this.#resolve();
    return this.#palette;
  }

  /** Stands anywhere in the host's template; needs `paletteStyles`. */
  probe(): TemplateResult {
    return html`<span class="palette-probe" aria-hidden="true" @transitionend=${this.#onChange}></span
      ><span class="palette-reader" aria-hidden="true"></span>`;
  }

  readonly #onChange = () => {
    this.#palette = undefined;
    this.#host.requestUpdate();
  };

  #resolve(): Palette {
    const reader = this.#host.renderRoot.querySelector<HTMLElement>(".palette-reader");
    const names = Object.keys(COLOURS) as ColourName[];
    if (!reader)
      return Object.fromEntries(names.map((name) => [name, COLOURS[name][0]])) as unknown as Palette;
    const computed = getComputedStyle(reader);
    const entries = names.map((name) => {
      reader.style.color = `var(--_${name})`;
      return [name, toHex(computed.color)];
    });
    return Object.fromEntries(entries) as Palette;
  }
}
