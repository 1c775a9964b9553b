/**
 * Asks all providers for a quote at once, takes the best of those that answer, and stores it.
 * https://github.com/aws-samples/step-functions-workflows-collection/tree/main/scatter-gather
 */
import * as z from "zod";
import {
  AnyError,
  dynamoTable,
  fetchHttp,
  httpConnection,
  putItem,
  text,
  workflow,
} from "../../../../workflow/dsl/index.ts";
import { TaskError, type TaskCall } from "../../../../workflow/simulator/index.ts";
import { example } from "./example.ts";

class NoQuotes extends Error {
  override readonly name = "NoQuotes";
}

const machine = workflow(
  "scatter_gather",
  {
    input: z.object({ trip: z.string(), providers: z.array(z.string()) }),
    resources: { market: httpConnection(), quotes: dynamoTable() },
  },
  (flow, { trip, providers }, aws) => {
    const quotes = flow.map("EachProvider", providers, { maxConcurrency: 10 }, (flow, provider) =>
      flow
        .try("Quote", (flow) => {
          const { ResponseBody } = flow.task(
            "AskProvider",
            fetchHttp(
              aws.market,
              {
                method: "GET",
                url: text`https://market.example.com/${provider}/quote`,
                urls: "https://market.example.com/*/quote",
                query: { trip },
              },
              { answer: z.object({ price: z.number() }) },
            ),
            { timeout: 10 },
          );
          return { provider, price: ResponseBody.price };
        })
        .catch(AnyError, () => ({ provider, price: null })),
    );
    const best = flow.lambda("Best", { quotes }, ({ quotes: all }) => {
      const [cheapest] = all
        .flatMap(({ provider, price }) => (price === null ? [] : [{ provider, price }]))
        .sort((a, b) => a.price - b.price);
      if (cheapest === undefined) throw new NoQuotes(`${all.length} providers, and none has a price`);
      return { provider: cheapest.provider, price: String(cheapest.price) };
    });
    flow.task(
      "StoreBest",
      putItem(aws.quotes, { trip: { S: trip }, provider: { S: best.provider }, price: { N: best.price } }),
    );
    return best;
  },
);

const quote = (price: number): object => ({ StatusCode: 200, ResponseBody: { price } });
const late = ({ sleep }: TaskCall): Promise<object> => sleep(60).then(() => quote(1));
const input = { trip: "ROM-OSL", providers: ["a", "b", "c"] };

export const scatterGather = example(machine, {
  "stores the best quote, without those who are late or down": {
    input,
    tasks: { AskProvider: [late, quote(120), new TaskError("States.Http.StatusCode.500")], StoreBest: {} },
    output: { provider: "b", price: "120" },
    seconds: 10,
  },
  "takes the cheapest of several": {
    input,
    tasks: { AskProvider: [quote(9), quote(10), quote(100)], StoreBest: {} },
    output: { provider: "a", price: "9" },
    asked: {
      StoreBest: [
        { TableName: "${quotes.name}", Item: { trip: { S: "ROM-OSL" }, provider: { S: "a" }, price: { N: "9" } } },
      ],
    },
  },
  "fails where nobody has one": {
    input,
    tasks: { AskProvider: new TaskError("States.Http.StatusCode.404") },
    error: "NoQuotes",
  },
});
