import type { MirrorDescription } from "../deps.ts";
import { column, MONEY, STATUS, type ViewColumn } from "./definition.ts";
import { inBaseCurrency } from "./joins.ts";
import { namedValues } from "./values.ts";

/** The currency in which sums of several currencies are made. Its code goes into SQL, so it is checked. */
export function baseCurrency(mirror: MirrorDescription): string | null {
  const base = mirror.currencies.find((currency) => currency.base)?.id;
  return base !== undefined && /^[A-Z]{3,10}$/.test(base) ? base : null;
}

/** An amount, its currency, and the amount in the base currency, which alone may be added up over all rows. */
export function moneyColumns(
  mirror: MirrorDescription,
  name: string,
  field: string,
  [ru, en]: readonly [ru: string, en: string],
  amount: string,
  currency = "d.currency_id",
): ViewColumn[] {
  const base = baseCurrency(mirror);
  const inBase = base === null ? {} : { unit: base };
  return [
    column(name, field, [ru, en], MONEY, amount, { unit: "{currency}", base: `${name}_base` }),
    column("currency", "CURRENCY_ID", ["Валюта", "Currency"], STATUS, currency, {
      values: namedValues(mirror.currencies),
    }),
    column(
      `${name}_base`,
      field,
      [`${ru} в базовой валюте`, `${en} in the base currency`],
      MONEY,
      `round(${inBaseCurrency(amount, currency, base)}, 2)`,
      inBase,
    ),
  ];
}
