import type { ChartPictureLook, SavedChart } from "@b24kit/client/contract";
import type { Audience } from "./ask/audience.ts";
import { hash } from "./ask/draw.ts";
import { keepRows } from "./ask/kept-rows.ts";
import { shareCalls } from "./ask/shared-calls.ts";
import type { Asking } from "./asking.ts";
import type { DrawPicture } from "./deps.ts";

export interface PicturesOptions {
  readonly asking: Pick<Asking, "outline">;
  readonly draw: DrawPicture;
  readonly now: () => number;
}

/** A picture before it is drawn. */
export interface Picture {
  /** Changes with whatever would change the picture. */
  readonly tag: string;
  /** Whether it was drawn already. */
  readonly drawn: boolean;
  /** @throws AppError chart_not_drawable, query_timeout, query_too_heavy */
  svg(signal: AbortSignal): Promise<Uint8Array>;
}

export interface Pictures {
  /** @throws AppError plan_invalid, sql_refused, sql_off */
  of(audience: Audience, chart: SavedChart, look: ChartPictureLook): Promise<Picture>;
}

/** A picture is a few kilobytes; these are thousands of them. */
const KEPT_BYTES = 30_000_000;

/** Pictures of kept charts: each drawn once, until its data or its look changes. */
export function createPictures({ asking, draw, now }: PicturesOptions): Pictures {
  const kept = keepRows<{ readonly bytes: Uint8Array }>(KEPT_BYTES);
  const shared = shareCalls<Uint8Array>();

  return {
    async of(audience, chart, look) {
      const { definition, form, name } = chart;
      const { locale, timeZone, theme, width, height } = look;
      const title = { ru: name, en: name };
      const request = { definition, form, title, locale, timeZone, filters: null, source: "saved" as const };
      const outline = await asking.outline(audience, request);
      // Dates of another year carry theirs.
      const year = new Date(now()).getUTCFullYear();
      const tag = hash([outline.key, look, year]);
      return {
        tag,
        drawn: kept.get(tag) !== undefined,
        async svg(signal) {
          const found = kept.get(tag);
          if (found) return found.bytes;
          const run = async (left: AbortSignal) => {
            const { spec, bytes: rows } = await outline.read(left);
            const bytes = new TextEncoder().encode(
              await draw({ spec, rows, locale, theme, width, height }, left),
            );
            kept.put(tag, { bytes });
            return bytes;
          };
          return shared.join(tag, signal, run, async (bytes) => bytes);
        },
      };
    },
  };
}
