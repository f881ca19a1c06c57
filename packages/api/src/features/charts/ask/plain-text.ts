import type { Label } from "@b24kit/client/contract";

/** Words of a model stay plain and short. */
export function plainText(text: string | null): string | null {
  return text === null || text.trim() === ""
    ? null
    : text
        .replace(/[\p{Cc}\p{Cf}]+/gu, " ")
        .trim()
        .slice(0, 500);
}

export function plainTitle(title: Label | null): Label | null {
  return (
    title && { ru: plainText(title.ru)?.slice(0, 120) ?? "", en: plainText(title.en)?.slice(0, 120) ?? "" }
  );
}
