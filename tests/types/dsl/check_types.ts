/** What the TypeScript compiler says of a made-up file beside this one, under the repository's options. */
import ts from "typescript";

export interface Complaint {
  /** From 1. */
  readonly line: number;
  /** The first line of the message: what an editor shows. */
  readonly message: string;
}

export interface Checked {
  readonly complaints: readonly Complaint[];
  readonly instantiations: number;
  /** Of checking alone. */
  readonly seconds: number;
}

export function checkTypes(lines: readonly string[]): Checked {
  const source = lines.join("\n");
  const file = `${import.meta.dirname}/made_up.ts`;
  const config = ts.readConfigFile("tsconfig.json", (name) => ts.sys.readFile(name)).config as unknown;
  const { options } = ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, process.cwd());
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version, ...rest) =>
    name === file ? ts.createSourceFile(name, source, version) : read(name, version, ...rest);
  const program = ts.createProgram([file], { ...options, incremental: false, types: ["node"] }, host);
  const made = program.getSourceFile(file);
  const start = performance.now();
  const found = [...program.getSyntacticDiagnostics(made), ...program.getSemanticDiagnostics(made)];
  const seconds = (performance.now() - start) / 1000;
  return {
    complaints: found.map(({ messageText, start: at = 0 }) => ({
      line: (made?.getLineAndCharacterOfPosition(at).line ?? 0) + 1,
      message: typeof messageText === "string" ? messageText : messageText.messageText,
    })),
    instantiations: program.getInstantiationCount(),
    seconds,
  };
}
