/**
 * Fetches an article from an HTTP API, has a model summarise it, and posts the summary back.
 * https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html
 */
import * as z from "zod";
import {
  bedrockModel,
  fetchHttp,
  httpConnection,
  invokeModel,
  text,
  workflow,
} from "../../../../workflow/dsl/index.ts";
import { TaskError } from "../../../../workflow/simulator/index.ts";
import { example } from "./example.ts";

const machine = workflow(
  "bedrock_and_http",
  { input: z.object({ article: z.string() }), resources: { news: httpConnection(), model: bedrockModel() } },
  (flow, { article }, aws) =>
    flow
      .try("Known", (flow) => {
        const { ResponseBody: found } = flow.task(
          "FetchArticle",
          fetchHttp(
            aws.news,
            {
              method: "GET",
              url: text`https://news.example.com/articles/${article}`,
              urls: "https://news.example.com/articles/*",
            },
            { answer: z.object({ text: z.string() }) },
          ),
          { retry: [{ errors: ["States.Http.StatusCode.429", "States.Http.StatusCode.503"], interval: 2 }] },
        );
        const { completion } = flow.task(
          "Summarise",
          invokeModel(
            aws.model,
            { prompt: text`Summarise: ${found.text}` },
            { answer: z.object({ completion: z.string() }) },
          ),
        );
        flow.task(
          "PostSummary",
          fetchHttp(
            aws.news,
            {
              method: "POST",
              url: "https://news.example.com/summaries",
              body: { article, summary: completion },
            },
            { answer: z.null() },
          ),
        );
        return completion;
      })
      .catch(["States.Http.StatusCode.404"], () => "there is no such article"),
);

export const bedrockAndHttp = example(machine, {
  "summarises an article, at the second attempt": {
    input: { article: "a-1" },
    tasks: {
      FetchArticle: [new TaskError("States.Http.StatusCode.503"), { StatusCode: 200, ResponseBody: { text: "Long" } }],
      Summarise: { Body: { completion: "Short" } },
      PostSummary: { StatusCode: 201, ResponseBody: null },
    },
    output: "Short",
    seconds: 2,
    asked: {
      PostSummary: [
        {
          ApiEndpoint: "https://news.example.com/summaries",
          Method: "POST",
          Authentication: { ConnectionArn: "${news.arn}" },
          RequestBody: { article: "a-1", summary: "Short" },
        },
      ],
    },
  },
  "ends well without one": {
    input: { article: "a-2" },
    tasks: { FetchArticle: new TaskError("States.Http.StatusCode.404", "Not Found") },
    output: "there is no such article",
    states: ["FetchArticle"],
  },
});
