import { expect } from "@open-wc/testing";
import { COLOURS, type ColourName } from "./tokens.ts";

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const TEXT: [ColourName, ColourName][] = [
  ...(["surface", "surface-sunken", "surface-hover", "surface-selected", "page"] as const).flatMap((ground) =>
    (["text", "text-secondary", "link"] as const).map((text): [ColourName, ColourName] => [text, ground]),
  ),
  ["alert-text", "surface"],
  ["warning-text", "surface"],
  ["success-text", "surface"],
  ["on-primary", "primary-strong"],
  ["on-primary", "primary-strong-hover"],
  ["success-text", "success-soft"],
  ["warning-text", "warning-soft"],
  ["alert-text", "alert-soft"],
  ["info-text", "info-soft"],
  ["text-secondary", "neutral-soft"],
];
const SHAPES: [ColourName, ColourName][] = [
  ["focus", "surface"],
  ["control", "surface"],
];

describe("tokens", () => {
  for (const [theme, index] of [
    ["light", 0],
    ["dark", 1],
  ] as const) {
    it(`${theme}: texts reach 4.5:1 and control shapes 3:1`, () => {
      const weak = (pairs: [ColourName, ColourName][], least: number) =>
        pairs
          .filter(([a, b]) => contrast(COLOURS[a][index], COLOURS[b][index]) < least)
          .map((pair) => pair.join(" on "));
      expect(weak(TEXT, 4.5)).to.deep.equal([]);
      expect(weak(SHAPES, 3)).to.deep.equal([]);
    });
  }
});
