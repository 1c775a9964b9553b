/**
 * asl-validator makes an Ajv for each definition, which compiles the same schemas anew: a tenth of a second. From here on
 * its calls share the first one. What each adds to it is the same: formats it takes again, a keyword it would refuse.
 */
import { createRequire } from "node:module";

interface Ajv {
  addKeyword: (keyword: unknown) => Ajv;
}
const ajv = createRequire(import.meta.resolve("asl-validator"))("ajv") as { default: new (options: object) => Ajv };

let first: Ajv | undefined;
ajv.default = new Proxy(ajv.default, {
  construct: (OwnAjv, [options]: [object]) => {
    const shared = first ?? new OwnAjv(options);
    if (first !== undefined) shared.addKeyword = () => shared;
    first = shared;
    return shared;
  },
});
