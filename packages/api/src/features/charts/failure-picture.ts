import type { ErrorCode } from "@b24kit/client/contract";

export interface FailureLook {
  readonly locale: "ru" | "en";
  readonly theme: "light" | "dark";
  /** Of the whole card, px. */
  readonly width: number;
}

type Words = readonly [title: string, text: string];

const TOO_MUCH: Record<FailureLook["locale"], Words> = {
  ru: ["Слишком много данных", "Сузьте период диаграммы или возьмите суммы вместо записей."],
  en: ["Too much data", "Narrow the chart's period, or take sums instead of records."],
};
const NOT_NOW: Record<FailureLook["locale"], Words> = {
  ru: ["Картинка пока не получилась", "Обновите страницу чуть позже."],
  en: ["No picture for now", "Reload the page a little later."],
};
const CHART_CHANGED: Record<FailureLook["locale"], Words> = {
  ru: ["Эту диаграмму больше не показать", "Данные или права изменились. Сделайте для неё новую ссылку."],
  en: ["This chart can no longer be shown", "Data or rights have changed. Make a new link to it."],
};

const WORDS: Readonly<Partial<Record<ErrorCode, Record<FailureLook["locale"], Words>>>> = {
  share_link_invalid: {
    ru: ["Такой картинки нет", "Адрес неполный или неверный. Скопируйте его ещё раз целиком."],
    en: ["There is no such picture", "Its address is incomplete or wrong. Copy the whole of it again."],
  },
  share_link_expired: {
    ru: ["Ссылка на картинку больше не действует", "Попросите владельца страницы вставить новую."],
    en: ["The link to this picture has ended", "Ask the page's owner to put a new one here."],
  },
  not_found: {
    ru: ["Диаграмму удалили", "Попросите владельца страницы вставить другую."],
    en: ["The chart was removed", "Ask the page's owner to put another one here."],
  },
  chart_not_drawable: {
    ru: ["Эту диаграмму нельзя нарисовать", "Это таблица, или в ней слишком много значений для картинки."],
    en: ["This chart is no picture", "It is a table, or has more values than a picture can hold."],
  },
  invalid_parameter: {
    ru: [
      "Неверный адрес картинки",
      "Допустимы locale (ru, en), theme (light, dark), width (от 240 до 1600) и timeZone.",
    ],
    en: [
      "The picture's address is wrong",
      "It may have locale (ru, en), theme (light, dark), width (240 to 1600) and timeZone.",
    ],
  },
  too_many_requests: {
    ru: ["Слишком много запросов", "Обновите страницу через минуту."],
    en: ["Too many requests", "Reload the page in a minute."],
  },
  query_timeout: TOO_MUCH,
  query_too_heavy: TOO_MUCH,
  plan_invalid: CHART_CHANGED,
  sql_refused: CHART_CHANGED,
  sql_off: CHART_CHANGED,
};

const COLOURS = {
  light: { surface: "#ffffff", divider: "#edeef0", text: "#333333", faint: "#525c69" },
  dark: { surface: "#262626", divider: "#373838", text: "#f8f8f8", faint: "#b4b6b8" },
} as const;
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif";
const PADDING = 16;
/** About the width of a letter for its size: too wide rather than too narrow. */
const LETTER = 0.58;
const TITLE = { size: 16, line: 24 };
const TEXT = { size: 14, line: 20 };

/** What went wrong as a card in the chart's place. Only its own words are in it, nothing of the request. */
export function failurePicture(code: ErrorCode, { locale, theme, width }: FailureLook): string {
  const [title, text] = (WORDS[code] ?? NOT_NOW)[locale];
  const { surface, divider, text: ink, faint } = COLOURS[theme];
  const marks: string[] = [];
  let y = PADDING;
  const put = (words: string, { size, line }: typeof TITLE, look: string) => {
    for (const part of wrap(words, (width - 2 * PADDING) / (size * LETTER))) {
      y += line;
      marks.push(`<text x="${PADDING}" y="${y - 6}" font-size="${size}" ${look}>${part}</text>`);
    }
  };
  put(title, TITLE, `font-weight="500" fill="${ink}"`);
  put(text, TEXT, `fill="${faint}"`);
  y += 6;
  put(code, { size: 12, line: 18 }, `fill="${faint}"`);
  const height = y + PADDING;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}">` +
    `<title>${title}</title><desc>${text}</desc>` +
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="12" fill="${surface}" stroke="${divider}"/>` +
    `${marks.join("")}</svg>`
  );
}

function wrap(text: string, letters: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length <= letters || lines.at(-1) === "") lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
