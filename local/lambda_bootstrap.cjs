/**
 * Stands between the emulator and a Lambda's bundle: the emulator reports an error's message only, so the message carries
 * all of it (lambda_errors.ts reads it back). The bundle beside it is what AWS would run, to the byte.
 */
"use strict";

const [file, name] = process.env.LAKEHOUSE_HANDLER.split(".");
const { [name]: handler } = require(`./${file}.js`);

exports.handler = async (event, context) => {
  try {
    return await handler(event, context);
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : { name: typeof thrown, message: String(thrown), stack: "" };
    const report = { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? "").split("\n") };
    console.error(error.stack ?? error.message);
    throw new Error(`lakehouse-error:${JSON.stringify(report)}`, { cause: thrown });
  }
};
