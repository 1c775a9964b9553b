import { integer, string } from "./columns.ts";
import { dataset } from "./dataset.ts";

export const products = dataset({
  name: "products",
  title: "Products",
  description: "The product catalog: one row a product.",
  columns: {
    product_id: integer("The product."),
    department_id: integer("The department that sells it."),
    department: string("The department's name."),
    product_name: string("What the product is called."),
  },
  key: ["product_id"],
});
