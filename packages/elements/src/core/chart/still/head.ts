import type { Palette } from "../../palette.ts";
import type { Headline } from "../headline.ts";
import { clip, textWidth, wrapLetters } from "./letter-widths.ts";
import { type Run, runsMark, textMark } from "./marks.ts";

/** Part of a still from its top down. */
export interface Block {
  svg: string;
  height: number;
}

export interface Head {
  heading: string;
  headline: Headline | undefined;
  asOf: string | undefined;
  palette: Palette;
  /** Left edge, and the width that texts may take, px. */
  left: number;
  width: number;
  /** Size of the figure, px. */
  figure: number;
}

const HEADING = 16;
const HEADING_LINE = 24;
const SMALL = 13;
const SMALL_LINE = 20;
const GAP = 10;

function headingBlock({ heading, palette, left, width }: Head): Block {
  const lines = wrapLetters(heading, HEADING * 1.04, width, 2);
  const svg = lines.map((line, i) =>
    textMark(line, { x: left, y: 17 + i * HEADING_LINE, size: HEADING, weight: 500, colour: palette.text }),
  );
  return { svg: svg.join(""), height: lines.length * HEADING_LINE };
}

const ARROWS = { up: "↑\u00a0", down: "↓\u00a0", same: "" };
const INKS = { up: "success-text", down: "alert-text", same: "text-secondary" } as const;

/** The figure, what it stands for, and its change. */
function runsOf({ headline, palette, width, figure }: Head): Run[] {
  if (!headline) return [];
  const { change } = headline;
  const small = (text: string) => ({
    text: clip(text, SMALL, width),
    size: SMALL,
    colour: palette["text-secondary"],
  });
  return [
    { text: clip(headline.figure, figure, width), size: figure, weight: 300, colour: palette.text },
    small(headline.caption),
    ...(change
      ? [
          {
            ...small(`${ARROWS[change.direction]}${change.text}`),
            weight: 500,
            colour: palette[INKS[change.direction]],
          },
          small(change.caption),
        ]
      : []),
  ];
}

/** Beside each other while there is room. */
function headlineBlock(head: Head): Block {
  const { left, width } = head;
  const lines: Run[][] = [];
  let taken = Number.POSITIVE_INFINITY;
  for (const run of runsOf(head)) {
    const wide = textWidth(run.text, run.size);
    if (taken + GAP + wide > width) {
      lines.push([run]);
      taken = wide;
    } else {
      lines.at(-1)!.push(run);
      taken += GAP + wide;
    }
  }
  let height = 0;
  const svg = lines.map((line) => {
    const size = line[0]!.size;
    const tall = size === SMALL ? SMALL_LINE : Math.round(size * 1.34);
    height += tall;
    return runsMark(line, left, height - Math.round(size * 0.34), GAP);
  });
  return { svg: svg.join(""), height };
}

function asOfBlock({ asOf, palette, left, width }: Head): Block {
  if (!asOf) return { svg: "", height: 0 };
  const look = { x: left, y: 13, size: SMALL, colour: palette["text-secondary"] };
  return { svg: textMark(clip(asOf, SMALL, width), look), height: SMALL_LINE };
}

/** Blocks under each other, as one. */
export function stackBlocks(blocks: readonly Block[]): Block {
  let height = 0;
  let svg = "";
  for (const block of blocks) {
    if (block.svg) svg += height ? `<g transform="translate(0 ${height})">${block.svg}</g>` : block.svg;
    height += block.height;
  }
  return { svg, height };
}

/** Heading, the figure that answers it, and when it was true. */
export const headBlock = (head: Head): Block =>
  stackBlocks([headingBlock(head), headlineBlock(head), asOfBlock(head)]);

/** Small lines below the plot. */
export function notesBlock(notes: readonly string[], { palette, left, width }: Head): Block {
  const lines = notes.flatMap((note) => wrapLetters(note, SMALL, width, 3));
  const svg = lines.map((line, i) =>
    textMark(line, { x: left, y: 22 + i * SMALL_LINE, size: SMALL, colour: palette["text-secondary"] }),
  );
  return { svg: svg.join(""), height: lines.length ? 8 + lines.length * SMALL_LINE : 0 };
}
