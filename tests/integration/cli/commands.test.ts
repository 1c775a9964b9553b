/** The commands beside `local run`, as a person types them. */
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeStateMachineCommand, ListStateMachinesCommand, SFNClient } from "@aws-sdk/client-sfn";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import * as z from "zod";
import { compile } from "../../../workflow/dsl/index.ts";
import { lakehouse as machine } from "../../../workflow/lakehouse.ts";
import { lakehouse, localQuery, removeFolder, root, workFolder } from "./lakehouse_command.ts";

describe("compile", () => {
  it("prints the same bytes each time, from another folder too, whatever the environment", () => {
    const printed = (cwd: string): string =>
      spawnSync(process.execPath, [join(root, "cli/main.ts"), "compile", "lakehouse"], { cwd, encoding: "utf8" })
        .stdout;
    const here = printed(root);
    expect(here).to.contain('"QueryLanguage": "JSONata"');
    expect(printed(tmpdir())).to.equal(here);
  });

  it("refuses a machine that it does not know, by exit code 2 and with the names of those it knows", async () => {
    const { code, stdout, stderr } = await lakehouse(["compile", "nothing"]);
    expect({ code, stdout, stderr }).to.deep.equal({
      code: 2,
      stdout: "",
      stderr: 'there is no machine "nothing"; there is lakehouse, human_approval, bucket_report, order_saga\n',
    });
  });
});

describe("a command that is not understood", () => {
  it("ends with exit code 2 and prints nothing to stdout", async () => {
    for (const args of [["local", "run", "--dta", "x"], ["nonsense"], ["local", "run", "--data", "/nowhere"]]) {
      const { code, stdout, stderr } = await lakehouse(args);
      expect(code, args.join(" ")).to.equal(2);
      expect(stdout).to.equal("");
      expect(stderr).not.to.equal("");
    }
  });
});

describe("local up and down", () => {
  it("keep a lakehouse that AWS's SDK can talk to, with the very machine of the program", async () => {
    const home = join(await workFolder(), "home");
    const { stdout } = await lakehouse(["local", "up", "--home", home, "--json"]);
    try {
      const up = z
        .object({ env: z.record(z.string(), z.string()), endpoints: z.record(z.string(), z.url()) })
        .parse(JSON.parse(stdout));
      for (const url of Object.values(up.endpoints)) expect(new URL(url).hostname).to.equal("127.0.0.1");
      const common = {
        region: up.env.AWS_REGION ?? "",
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
      };
      const s3 = new S3Client({ ...common, endpoint: up.env.AWS_ENDPOINT_URL ?? "" });
      const { Buckets } = await s3.send(new ListBucketsCommand({}));
      expect(Buckets?.map(({ Name }) => Name?.split("-").at(-2))).to.have.members([
        "raw",
        "processed",
        "archive",
        "results",
        "artifacts",
      ]);
      const sfn = new SFNClient({ ...common, endpoint: up.env.AWS_ENDPOINT_URL_SFN ?? "" });
      const { stateMachines } = await sfn.send(new ListStateMachinesCommand({}));
      const described = await sfn.send(
        new DescribeStateMachineCommand({ stateMachineArn: stateMachines?.[0]?.stateMachineArn }),
      );
      const running = z
        .object({ States: z.record(z.string(), z.object({ Type: z.string() })) })
        .parse(JSON.parse(described.definition ?? ""));
      const { definition } = await compile(machine);
      const compiled = z.object({ States: z.record(z.string(), z.object({ Type: z.string() })) }).parse(definition);
      expect(running).to.deep.equal(compiled);
      expect(await localQuery(home, "SELECT 1 AS one")).to.deep.equal([{ one: 1 }]);
      const second = await lakehouse(["local", "run", "--home", home]);
      expect(second.code).to.equal(1);
      expect(second.stderr).to.contain(home);
      s3.destroy();
      sfn.destroy();
    } finally {
      expect((await lakehouse(["local", "down", "--home", home, "--json"])).stdout).to.equal(
        '{\n  "stopped": true\n}\n',
      );
      await removeFolder(join(home, ".."));
    }
  });
});
