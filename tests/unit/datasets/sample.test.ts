import { expect } from "chai";
import fc from "fast-check";
import { sampleWaves } from "../../../datasets/sample/files.ts";
import { shop } from "../../../datasets/sample/shop.ts";

const size = fc.record({
  seed: fc.nat(),
  products: fc.integer({ min: 1, max: 20 }),
  days: fc.integer({ min: 1, max: 3 }),
  ordersPerDay: fc.integer({ min: 1, max: 10 }),
});

describe("the sample", () => {
  it("is the same at every call", () => {
    expect(sampleWaves()).to.deep.equal(sampleWaves());
  });

  it("has no key twice and no item without its order and product, whatever the seed", () => {
    fc.assert(
      fc.property(size, (wanted) => {
        const { products, days } = shop(wanted);
        const orders = days.flatMap((day) => day.orders);
        const items = days.flatMap((day) => day.items);
        const productIds = new Set(products.map((each) => each.product_id));
        const orderIds = new Set(orders.map((each) => each.order_id));
        expect(productIds.size).to.equal(products.length);
        expect(orderIds.size).to.equal(orders.length);
        expect(new Set(items.map((each) => each.id)).size).to.equal(items.length);
        expect(items.every((each) => orderIds.has(each.order_id) && productIds.has(each.product_id))).to.equal(true);
      }),
    );
  });
});
