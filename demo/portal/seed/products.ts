import type { Row } from "../values.ts";
import { Random } from "./random.ts";
import { PRODUCTS } from "./words/business.ts";

const FIRST_ID = 450;

/** The catalogue of goods and services, as `crm.product.list` shows it. */
export function seedProducts(seed: number, created: string): Row[] {
  return PRODUCTS.map((NAME, i) => {
    const random = new Random(seed, "product", i);
    return {
      ID: String(FIRST_ID + i),
      NAME,
      CODE: null,
      ACTIVE: "Y",
      SORT: String((i + 1) * 10),
      PRICE: `${random.int(5, 400) * 500}.00`,
      CURRENCY_ID: "RUB",
      SECTION_ID: null,
      CATALOG_ID: "24",
      DESCRIPTION: null,
      DESCRIPTION_TYPE: "text",
      MEASURE: "9",
      VAT_ID: null,
      VAT_INCLUDED: "N",
      XML_ID: String(FIRST_ID + i),
      DATE_CREATE: created,
      TIMESTAMP_X: created,
      CREATED_BY: "1",
      MODIFIED_BY: "1",
    };
  });
}
