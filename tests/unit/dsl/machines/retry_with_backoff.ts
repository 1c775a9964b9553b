/**
 * Calls what fails now and then, again and again with longer and longer pauses; other errors end it at once.
 * https://github.com/aws-samples/step-functions-workflows-collection/tree/main/retry-with-exponential-backoff-sam
 */
import * as z from "zod";
import { seconds, workflow } from "../../../../workflow/dsl/index.ts";
import { example } from "./example.ts";

class Unavailable extends Error {
  override readonly name = "Unavailable";
}

const machine = workflow("retry_with_backoff", { input: z.object({ url: z.string() }) }, (flow, { url }) =>
  flow.lambda(
    "CallService",
    { url },
    async ({ url: address }) => {
      const response = await fetch(address);
      if (response.status === 503) throw new Unavailable(address);
      return response.status;
    },
    {
      retry: [
        { errors: ["Unavailable"], interval: seconds(3), maxAttempts: 4, backoff: 2, maxDelay: seconds(10) },
        { errors: ["States.Timeout"], interval: seconds(1), maxAttempts: 1 },
      ],
    },
  ),
);

const unavailable = (): never => {
  throw new Unavailable("the service rests");
};

export const retryWithBackoff = example(machine, {
  "waits longer each time, up to a limit": {
    input: { url: "https://api.example.com" },
    tasks: { CallService: [unavailable, unavailable, unavailable, unavailable, { Payload: 200 }] },
    output: 200,
    states: ["CallService"],
    seconds: 3 + 6 + 10 + 10,
  },
  "gives up after the last attempt": {
    input: { url: "https://api.example.com" },
    tasks: { CallService: unavailable },
    error: "Unavailable",
    seconds: 3 + 6 + 10 + 10,
  },
  "does not repeat what is no use": {
    input: { url: "no address" },
    error: "TypeError",
    seconds: 0,
  },
});
