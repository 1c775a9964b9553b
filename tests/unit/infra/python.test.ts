import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { packageOf, pinned, scriptOf } from "../../../infra/artifacts/python.ts";

describe("the Python that Glue runs", () => {
  let folder: string;
  const write = (file: string, text: string): void => {
    writeFileSync(join(folder, file), text);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lakehouse-python-"));
    mkdirSync(join(folder, "shop/__pycache__"), { recursive: true });
    for (const file of ["hat_etl.py", "coats_etl.py", "shop/__init__.py", "shop/rows.py"]) write(file, `# ${file}\n`);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("is named after its content", () => {
    const before = scriptOf(folder, "coats");
    expect(before.key).to.match(/^scripts\/[0-9a-f]{64}\/coats_etl\.py$/);
    expect(scriptOf(folder, "coats")).to.deep.equal(before);
    write("coats_etl.py", "# changed\n");
    expect(scriptOf(folder, "coats").key).to.not.equal(before.key);
  });

  it("is found by its dataset's name, in the plural or in the singular", () => {
    expect(scriptOf(folder, "hats").key).to.match(/\/hat_etl\.py$/);
    expect(() => scriptOf(folder, "shoes")).to.throw(
      `Dataset "shoes" has no job: neither shoes_etl.py nor shoe_etl.py is in ${folder}. Write its script there; it is a few lines over the package beside it.`,
    );
  });

  it("goes into the package's zip under the paths it is imported by, without caches", () => {
    const before = packageOf(folder, "shop");
    expect(before.key).to.match(/^lib\/[0-9a-f]{64}\/shop\.zip$/);
    expect(Object.keys(before.files)).to.deep.equal(["shop/__init__.py", "shop/rows.py"]);
    write("shop/__pycache__/rows.cpython-311.pyc", "bytes");
    expect(packageOf(folder, "shop")).to.deep.equal(before);
    write("shop/rows.py", "# changed\n");
    expect(packageOf(folder, "shop").key).to.not.equal(before.key);
  });

  it("comes with the packages that the tests ran with", () => {
    write("runtime.in", "# comment\na-reader==1.2.3\n");
    expect(pinned(join(folder, "runtime.in"), "a-reader")).to.equal("a-reader==1.2.3");
    expect(() => pinned(join(folder, "runtime.in"), "b-reader")).to.throw(
      `${join(folder, "runtime.in")} does not pin b-reader: add \`b-reader==<version>\` to it.`,
    );
  });
});
