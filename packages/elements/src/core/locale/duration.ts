import type { Language } from "./locale.ts";

const UNITS: readonly { seconds: number; ru: string; en: string }[] = [
  { seconds: 86_400, ru: "дн", en: "d" },
  { seconds: 3600, ru: "ч", en: "h" },
  { seconds: 60, ru: "мин", en: "min" },
  { seconds: 1, ru: "с", en: "s" },
];

/** A length in seconds by its two largest units: "1 ч 5 мин", "42 с", "< 1 с". */
export function formatDuration(seconds: number, language: Language): string {
  let rest = Math.round(Math.max(0, seconds));
  if (rest === 0) return `<\u00a01\u00a0${language === "ru" ? "с" : "s"}`;
  const first = UNITS.findIndex((unit) => rest >= unit.seconds);
  const parts: string[] = [];
  for (const unit of UNITS.slice(first, first + 2)) {
    const amount = Math.floor(rest / unit.seconds);
    rest -= amount * unit.seconds;
    if (amount > 0) parts.push(`${amount}\u00a0${unit[language]}`);
  }
  return parts.join(" ");
}
