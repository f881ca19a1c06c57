import { clipText, wrapText } from "../wrap-text.ts";

/** Widths of Arial's letters in thousandths of the size. */
const ROWS: readonly [letters: string, widths: string][] = [
  [
    " !\"#$%&'()*+,-./0123456789:;<=>?@",
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015",
  ],
  [
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`",
    "667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333",
  ],
  [
    "abcdefghijklmnopqrstuvwxyz{|}~",
    "556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584",
  ],
  [
    "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁ",
    "667 656 667 542 677 667 923 604 719 719 583 656 833 722 778 719 667 722 611 635 760 667 740 667 917 938 792 885 656 719 1010 722 667",
  ],
  [
    "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "556 573 531 365 583 556 669 458 559 559 438 583 688 552 556 542 556 500 458 500 823 500 573 521 802 823 625 719 521 510 750 542 556",
  ],
  ["\u00a0\u202f–—…«»·№", "278 200 556 1000 1000 556 556 278 1073"],
];

/** Letters of other scripts: Latin with accents and the like are narrow, from the scripts of East Asia on they fill a square. */
const NARROW = 0.58;
const SQUARE_FROM = 0x2e80;
/** Other fonts are wider than Arial: a label that is cut off too early is better than one that runs into its neighbour. */
const ROOM = 1.04;

const WIDTHS = new Map<string, number>(
  ROWS.flatMap(([letters, widths]) => {
    const numbers = widths.split(" ");
    return [...letters].map((letter, i): [string, number] => [letter, Number(numbers[i]) / 1000]);
  }),
);

/** About how wide a text stands, px, where nothing can measure it. */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const letter of text)
    ems += WIDTHS.get(letter) ?? (letter.codePointAt(0)! >= SQUARE_FROM ? 1 : NARROW);
  return ems * size * ROOM;
}

/** Whole words on at most so many lines of a width; what is beyond ends in "…". */
export function wrapLetters(text: string, size: number, width: number, most: number): string[] {
  return wrapText(text, width, most, (part) => textWidth(part, size));
}

/** The text, or as much of it as fits, ended by "…". */
export function clip(text: string, size: number, width: number): string {
  return clipText(text, width, (part) => textWidth(part, size));
}
