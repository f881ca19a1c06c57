import { productRow } from "../methods/product-row.ts";
import type { Row } from "../values.ts";
import { makeDeal } from "./deals.ts";
import { isHouse } from "./houses.ts";
import type { SeedPlan } from "./plan.ts";
import { Random } from "./random.ts";

/** Numbers that each seeded deal has for its rows. */
const MOST = 3;

/** The highest number of a seeded row. */
export const lastSeededRow = ({ counts }: SeedPlan): number => counts.deals * MOST;

/**
 * What a seeded deal sells: two thirds of the sales have rows, which come to the deal's amount. The first is what its
 * title names. Made when they are asked for, so that a portal of a million deals starts as fast as one of ten.
 */
export function seedProductRows(plan: SeedPlan, products: readonly Row[], id: number): Row[] {
  if (!(id >= 1 && id <= plan.counts.deals) || isHouse(id)) return [];
  const random = new Random(plan.seed, "deal-products", id);
  const deal = makeDeal(plan, id);
  const kopecks = Math.round(Number(deal.OPPORTUNITY) * 100);
  if (kopecks === 0 || random.chance(1 / 3)) return [];
  const named = products.find(({ NAME }) => String(deal.TITLE).startsWith(String(NAME)));
  const others = random.some(products, 0, MOST - 1).filter((one) => one !== named);
  const sold = named ? [named, ...others] : others;
  const owner = `D_${id}`;
  let left = kopecks;
  return sold.map((product, i) => {
    const isLast = i === sold.length - 1;
    const quantity = isLast ? 1 : random.pick([1, 1, 2, 3, 5, 10]);
    // Whole roubles; what is left goes to the last row, so that nothing is lost by rounding.
    const roubles = Math.floor(((left / 100) * (0.2 + 0.5 * random.next())) / quantity);
    const price = isLast ? left : roubles * 100;
    left -= price * quantity;
    return productRow(
      { PRODUCT_ID: product.ID, PRICE: price / 100, QUANTITY: quantity },
      { id: (id - 1) * MOST + i + 1, owner, sort: (i + 1) * 10, products },
    );
  });
}
