import { asFlag, asInteger, asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Row } from "../values.ts";

interface Place {
  id: number;
  /** `D_5` */
  owner: string;
  sort: number;
  products: readonly Row[];
}

/** A product row as it is read back: prices with and without discount and tax agree with each other. */
export function productRow(item: Record<string, unknown>, { id, owner, sort, products }: Place): Row {
  const product = products.find((row) => row.ID === asText(item.PRODUCT_ID));
  const price = amount(item.PRICE ?? product?.PRICE);
  const { type, rate, sum } = discount(item, price);
  const gross = price + sum;
  const name = asText(item.PRODUCT_NAME) || String(product?.NAME ?? "");
  const taxRate = item.TAX_RATE === undefined || item.TAX_RATE === "" ? null : amount(item.TAX_RATE);
  const included = item.TAX_INCLUDED === undefined || asFlag(item.TAX_INCLUDED);
  const exclusive = round(included && taxRate ? price / (1 + taxRate / 100) : price);
  return {
    ID: String(id),
    OWNER_ID: owner.slice(2),
    OWNER_TYPE: owner.slice(0, 1),
    PRODUCT_ID: asInteger(item.PRODUCT_ID ?? 0),
    PRODUCT_NAME: name,
    ORIGINAL_PRODUCT_NAME: String(product?.NAME ?? name),
    PRODUCT_DESCRIPTION: null,
    PRICE: price,
    PRICE_EXCLUSIVE: exclusive,
    PRICE_NETTO: gross,
    PRICE_BRUTTO: gross,
    PRICE_ACCOUNT: price.toFixed(2),
    QUANTITY: item.QUANTITY === undefined ? 1 : amount(item.QUANTITY),
    DISCOUNT_TYPE_ID: type,
    DISCOUNT_RATE: rate,
    DISCOUNT_SUM: sum,
    TAX_RATE: taxRate,
    TAX_INCLUDED: included ? "Y" : "N",
    CUSTOMIZED: "Y",
    MEASURE_CODE: asInteger(item.MEASURE_CODE ?? 796) || 796,
    MEASURE_NAME: asText(item.MEASURE_NAME) || "шт",
    SORT: asInteger(item.SORT ?? sort) || sort,
    TYPE: 1,
    STORE_ID: 0,
  };
}

const CASH = 1;
const PERCENT = 2;

/** The price is what is paid: a discount in percent or in money was already taken off it. */
function discount(item: Record<string, unknown>, price: number) {
  const type = asInteger(item.DISCOUNT_TYPE_ID ?? PERCENT) === CASH ? CASH : PERCENT;
  const [rate, sum] = [amount(item.DISCOUNT_RATE), amount(item.DISCOUNT_SUM)];
  if (type === CASH) {
    if (item.DISCOUNT_TYPE_ID !== undefined && item.DISCOUNT_SUM === undefined) {
      throw refused(
        "Discount Sum (DISCOUNT_SUM) is required if Monetary Discount Type (DISCOUNT_TYPE_ID) is defined",
      );
    }
    return { type, rate: price + sum > 0 ? round((sum / (price + sum)) * 100) : 0, sum };
  }
  if (item.DISCOUNT_TYPE_ID !== undefined && item.DISCOUNT_RATE === undefined) {
    throw refused(
      "Discount Rate (DISCOUNT_RATE) is required if Percentage Discount Type (DISCOUNT_TYPE_ID) is defined",
    );
  }
  if (rate >= 100 && item.DISCOUNT_SUM === undefined) {
    throw refused(
      "Discount Sum (DISCOUNT_SUM) is required if Percentage Discount Type (DISCOUNT_TYPE_ID) is defined and Discount Rate (DISCOUNT_RATE) is 100%",
    );
  }
  return { type, rate, sum: rate >= 100 ? sum : round((price * rate) / (100 - rate)) };
}

const refused = (text: string) => new RestError("ERROR_CORE", `${text}<br>`);
const round = (value: number) => Math.round(value * 100) / 100;

function amount(value: unknown): number {
  const number = Number.parseFloat(asText(value));
  return Number.isFinite(number) ? number : 0;
}
