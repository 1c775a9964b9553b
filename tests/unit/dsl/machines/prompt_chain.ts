/**
 * Three questions to a model, each with the conversation so far.
 * https://docs.aws.amazon.com/step-functions/latest/dg/sample-bedrock-prompt-chaining.html
 */
import * as z from "zod";
import {
  at,
  bedrockModel,
  invokeModel,
  seconds,
  text,
  withDefault,
  workflow,
  type Flow,
  type Ref,
} from "../../../../workflow/dsl/index.ts";
import { TaskError } from "../../../../workflow/simulator/index.ts";
import { example } from "./example.ts";

const completion = z.object({ generations: z.array(z.object({ text: z.string() })) });

const machine = workflow(
  "prompt_chain",
  {
    input: z.object({ first: z.string(), second: z.string(), third: z.string() }),
    resources: { model: bedrockModel() },
  },
  (flow, prompts, aws) => {
    const ask = (flow: Flow, name: string, prompt: Ref<string>): Ref<string> => {
      const { generations } = flow.task(
        name,
        invokeModel(aws.model, { prompt, max_tokens: 250 }, { answer: completion }),
        {
          retry: [{ errors: ["Bedrock.ThrottlingException"], interval: seconds(5), maxAttempts: 4 }],
        },
      );
      return withDefault(at(generations, 0).text, "");
    };
    const first = ask(flow, "First", prompts.first);
    const soFar = flow.let("SoFar", text`${prompts.first}\n${first}`);
    const second = ask(flow, "Second", text`${soFar}\n${prompts.second}`);
    return ask(flow, "Third", text`${soFar}\n${prompts.second}\n${second}\n${prompts.third}`);
  },
);

const says = (line: string): object => ({ Body: { generations: [{ text: line }] } });
const input = { first: "Name a place", second: "Who lives there?", third: "Tell a story" };

export const promptChain = example(machine, {
  "hands each answer on": {
    input,
    tasks: { First: says("Home"), Second: says("A cat"), Third: says("Once …") },
    output: "Once …",
    asked: {
      Third: [
        {
          ModelId: "${model.id}",
          Body: { prompt: "Name a place\nHome\nWho lives there?\nA cat\nTell a story", max_tokens: 250 },
          ContentType: "application/json",
          Accept: "application/json",
        },
      ],
    },
  },
  "waits for its turn, longer each time": {
    input,
    tasks: {
      First: [new TaskError("Bedrock.ThrottlingException"), new TaskError("Bedrock.ThrottlingException"), says("Home")],
      Second: says("A cat"),
      Third: { Body: { generations: [] } },
    },
    output: "",
    seconds: 15,
  },
});
