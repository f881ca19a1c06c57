const FORMS = new Intl.PluralRules("ru");
const NUMBER = new Intl.NumberFormat("ru-RU");

/** `1 234 сделки`: a count with its noun in the right form (1, 2 to 4, 5 and more). */
export function counted(count: number, [one, few, many]: readonly [string, string, string]): string {
  const form = FORMS.select(count);
  return `${number(count)} ${form === "one" ? one : form === "few" ? few : many}`;
}

export function number(value: number): string {
  return NUMBER.format(value);
}

const MONEY = new Map<string, Intl.NumberFormat>();

/** `405 000 ₽`; kopecks only where there are some. */
export function money(amount: number, currency: string): string {
  let format = MONEY.get(currency);
  if (!format) {
    format = new Intl.NumberFormat("ru-RU", {
      // A code that Intl would refuse is printed as it is.
      ...(/^[A-Z]{3}$/.test(currency) ? { style: "currency", currency } : {}),
      maximumFractionDigits: 2,
      trailingZeroDisplay: "stripIfInteger",
    });
    MONEY.set(currency, format);
  }
  return format.format(amount);
}

const DAY = new Intl.DateTimeFormat("ru-RU", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** `22 апр. 2025` of a UTC midnight. */
export function day(at: number): string {
  return DAY.format(at).replace(/ г\.$/, "");
}

/** `22 апр. 2025, 15:44` of a moment as the portal writes it; the text itself where it is no moment. */
export function moment(text: string): string {
  const local = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(text);
  if (!local) return text;
  return `${day(Date.parse(`${local[1]}T00:00:00Z`))}, ${local[2]}`;
}

/** `+7 957 175-10-19`; other numbers as they were written. */
export function phone(text: string): string {
  return text.replace(/^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/, "+7 $1 $2-$3-$4");
}
