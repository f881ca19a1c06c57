import { sampleMonths } from "./deals.ts";

/** A picture as the API draws it, by the same code; its look comes as the address says it. */
export async function drawSample(look: URLSearchParams): Promise<string> {
  const { drawStill } = await import("@b24kit/elements/core/chart/still/draw-still.ts");
  const language = look.get("locale") === "en" ? "en" : "ru";
  return drawStill({
    table: sampleMonths(),
    wishes: { type: "line", stack: "none" },
    heading: language === "ru" ? "Суммы сделок по месяцам" : "Amounts of deals by month",
    unit: undefined,
    cut: false,
    asOf: Date.parse("2026-05-12T11:05:00Z"),
    locale: { language, timeZone: "Europe/Moscow" },
    theme: look.get("theme") === "dark" ? "dark" : "light",
    width: Number(look.get("width")),
    height: Number(look.get("height")) || undefined,
  });
}
