/**
 * Checks a stock's price, recommends to buy or to sell, lets a person decide, trades, and reports.
 * https://docs.aws.amazon.com/step-functions/latest/dg/sample-lambda-orchestration.html
 */
import * as z from "zod";
import { hours, publish, sendMessage, snsTopic, sqsQueue, text, workflow } from "../../../../workflow/dsl/index.ts";
import { TaskError } from "../../../../workflow/simulator/index.ts";
import { example, silence } from "./example.ts";

const machine = workflow(
  "lambda_orchestration",
  {
    input: z.object({ stock: z.string(), price: z.number() }),
    resources: { requests: sqsQueue(), results: snsTopic() },
  },
  (flow, given, aws) => {
    const { advice } = flow.lambda("Recommend", { price: given.price }, ({ price }): { advice: "buy" | "sell" } => ({
      advice: price > 50 ? "sell" : "buy",
    }));
    flow.callback("RequestHumanApproval", (token) => sendMessage(aws.requests, { advice, stock: given.stock, token }), {
      answer: z.object({}),
      timeout: hours(1),
    });
    const traded = flow.choose("BuyOrSell", advice, {
      buy: (flow) => flow.lambda("BuyStock", given, ({ stock, price }) => `bought ${stock} at ${price}`),
      sell: (flow) => flow.lambda("SellStock", given, ({ stock, price }) => `sold ${stock} at ${price}`),
    });
    flow.task("ReportResult", publish(aws.results, { message: text`We ${traded}` }));
    return traded;
  },
);

export const lambdaOrchestration = example(machine, {
  "buys what is cheap": {
    input: { stock: "ACME", price: 12 },
    tasks: { RequestHumanApproval: {}, ReportResult: { MessageId: "m" } },
    output: "bought ACME at 12",
    states: ["Recommend", "RequestHumanApproval", "BuyOrSell", "BuyStock", "ReportResult"],
  },
  "sells what is dear": {
    input: { stock: "ACME", price: 70 },
    tasks: { RequestHumanApproval: {}, ReportResult: { MessageId: "m" } },
    output: "sold ACME at 70",
    asked: { ReportResult: [{ TopicArn: "${results.arn}", Message: "We sold ACME at 70" }] },
  },
  "trades nothing where the person refuses": {
    input: { stock: "ACME", price: 70 },
    tasks: { RequestHumanApproval: new TaskError("Refused", "wait") },
    error: "Refused",
    states: ["Recommend", "RequestHumanApproval"],
  },
  "trades nothing where nobody answers": {
    input: { stock: "ACME", price: 70 },
    tasks: { RequestHumanApproval: silence },
    error: "States.Timeout",
    seconds: 3600,
  },
});
