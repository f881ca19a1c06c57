import type { MadeRecord } from "./records/record.ts";

export type Shown = Readonly<Record<string, string | number | null>>;

/** What the results show of a record beside its title. */
export function toShown(record: MadeRecord): Shown {
  switch (record.entity) {
    case "company": {
      const { phone, email, legal, address, industry, employees, revenue, currency } = record;
      return {
        phone,
        email,
        legal,
        city: address.city,
        address: oneLine(record),
        industry,
        employees,
        revenue,
        currency,
      };
    }
    case "contact":
      return { phone: record.phone, email: record.email, post: record.post };
    case "lead":
      return {
        phone: record.phone,
        email: record.email,
        amount: record.amount,
        currency: record.currency,
        stage: record.stage,
      };
    case "deal":
      return { amount: record.amount, currency: record.currency, stage: record.stage, close: record.close };
  }
}

function oneLine({ address }: Extract<MadeRecord, { entity: "company" }>): string {
  return [address.postal, address.city, address.street].filter(Boolean).join(", ");
}

/** The same for a dry run: what a person would want to see of a record. */
export function toLines(record: MadeRecord): string[] {
  const money = (amount: number, currency: string) => `${amount.toLocaleString("ru-RU")} ${currency}`;
  switch (record.entity) {
    case "company":
      return [record.legal, oneLine(record), record.phone, record.email].filter(Boolean);
    case "contact":
      return [record.post, record.phone, record.email];
    case "lead":
      return [money(record.amount, record.currency), record.phone, record.email];
    case "deal":
      return [money(record.amount, record.currency), `${record.begin} – ${record.close}`];
  }
}
