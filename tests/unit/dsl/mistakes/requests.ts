/** Mistakes in what services are asked for: resources, keys, commands, tokens. */
import { S3ServiceException } from "@aws-sdk/client-s3";
import * as z from "zod";
import {
  allow,
  eq,
  errorName,
  fetchHttp,
  jsonItems,
  objectsIn,
  resource,
  runActivity,
  sdk,
  startJobRun,
  text,
} from "../../../../workflow/dsl/index.ts";
import { here, nothing, unchecked, type Mistake } from "./mistake.ts";

export const requestMistakes = {
  "unknown-keys": [
    {
      what: "an object whose key only the machine knows",
      message:
        'the key of the Map\'s object is known only to the running machine: say which `keys` it can stand for, such as "runs/*"',
      write: (flow, { key }, { data }) =>
        flow.distributedMap(
          "All",
          jsonItems<string>(here({ bucket: data, key })),
          { maxConcurrency: 1 },
          (flow, item) => flow.lambda("Take", { item }, nothing),
        ),
    },
    {
      what: "objects whose prefix only the machine knows",
      message:
        'the prefix of the Map\'s objects is known only to the running machine: say which `keys` it can stand for, such as "runs/*"',
      write: (flow, { key }, { data }) =>
        flow.distributedMap(
          "All",
          objectsIn(here({ bucket: data, prefix: key })),
          { maxConcurrency: 1 },
          (flow, item) => flow.lambda("Take", { item }, nothing),
        ),
    },
    {
      what: "a URL that only the machine knows",
      state: "Fetch",
      message:
        'the URL is known only to the running machine: say which `urls` it can be, such as "https://api.example.com/*"',
      write: (flow, { key }, { api }) =>
        flow.task("Fetch", fetchHttp(api, here({ method: "GET", url: text`https://example.com/${key}` }))),
    },
  ],
  "unknown-resource": [
    {
      what: "a resource that is not declared",
      state: "Load",
      message: 'no resource "oders" is declared: there is orders, refunds',
      write: (flow, _, { jobs }) => flow.task("Load", startJobRun(resource(jobs, here("oders")), {}), { timeout: 60 }),
    },
  ],
  "unknown-token": [
    {
      what: "a resource and a permission of a token that none gives",
      state: "Call",
      message: `"\${fnction.arn}" is read as a resource's token, and no resource gives it. Declare it in the workflow's resources. In values such text is text; in JSONata written by hand it is "\\u0024{fnction.arn}".`,
      write: (flow) =>
        flow.task(here("Call"), {
          resource: "${fnction.arn}",
          arguments: {},
          permissions: [allow(["lambda:InvokeFunction"], "${fnction.arn}")],
        }),
    },
  ],
  "token-name": [
    {
      what: "a Lambda's step whose name can't be in a token",
      state: "Load: orders",
      message:
        "can't be the name of a Lambda's step: a token's name has no control characters and none of \" $ * : ? \\ { }",
      write: (flow) => flow.lambda(here("Load: orders"), {}, () => 1),
    },
  ],
  "wrong-call": [
    {
      what: "a step without a name",
      state: "step",
      message: "a step's name has to be a text that is not empty",
      write: (flow) => flow.let(here(""), 1),
    },
    {
      what: "errors that are no array",
      message: 'the errors have to be an array of names, such as ["States.Timeout"]',
      write: (flow) =>
        flow.try("Careful", (flow) => flow.lambda("Work", {}, nothing)).catch(here(unchecked<[]>("Mine")), () => 1),
    },
    {
      what: "a retry that is no array",
      state: "Work",
      message: '`retry` has to be an array such as [{ errors: ["States.Timeout"] }]',
      write: (flow) => flow.lambda(here("Work"), {}, nothing, { retry: unchecked<[]>({ errors: ["Mine"] }) }),
    },
    {
      what: "a request that can't carry a token",
      state: "Ask",
      message: "the request can't carry a token: use sendMessage, publish, putEvent, invoke, startExecution or sdk",
      write: (flow, _, { job }) =>
        here(flow).callback("Ask", (token) => unchecked<never>(startJobRun(job, { token })), {
          answer: z.string(),
          timeout: 60,
        }),
    },
    {
      what: "a class that is no command",
      state: "Call",
      message: "Error carries no schema: use a command of the AWS SDK for JavaScript v3",
      write: (flow) => flow.task("Call", sdk(here(unchecked<never>(Error)), {}, "*")),
    },
    {
      what: "a class that is no error of a service",
      message:
        "S3ServiceException is no error of a service: use an exception that an AWS SDK for JavaScript v3 client exports",
      write: (flow) =>
        flow
          .try("Careful", (flow) => flow.lambda("Work", {}, nothing))
          .catch([errorName(here(unchecked<never>(S3ServiceException)))], () => 1),
    },
    {
      what: "a block that is no function",
      state: "Each",
      message: "the DSL was given what its types forbid: write is not a function",
      write: (flow, { count }) => flow.if(here("Each"), eq(count, 1), unchecked<() => void>(1)),
    },
    {
      what: "a call that is none, in the block of a step",
      state: "Each",
      message: "the DSL was given what its types forbid: Cannot read properties of undefined (reading 'resource')",
      write: (flow, { count }) =>
        flow.if("Each", eq(count, 1), (flow) => flow.task(here("Call"), unchecked<never>(undefined))),
    },
  ],
  "not-https": [
    {
      what: "a URL that is not HTTPS",
      state: "Fetch",
      message:
        'ApiEndpoint is "http://api.example.com": a Task calls HTTPS APIs alone, so write a URL such as https://api.example.com/orders',
      write: (flow, _, { api }) =>
        flow.task(here("Fetch"), fetchHttp(api, { method: "GET", url: "http://api.example.com" })),
    },
    {
      what: "a URL of which the machine knows a part, and that is not HTTPS",
      state: "Fetch",
      message:
        'ApiEndpoint is "{% \\"http://api.example.com/\\" & $states.context.Execution.Input.key %}": a Task calls HTTPS APIs alone, so write a URL such as https://api.example.com/orders',
      write: (flow, { key }, { api }) => {
        const url = { url: text`http://api.example.com/${key}`, urls: "https://api.example.com/*" };
        return flow.task(here("Fetch"), fetchHttp(api, { method: "GET", ...url }));
      },
    },
  ],
  "callback-without-token": [
    {
      what: "a callback that leaves out its token",
      state: "Ask",
      message:
        "nobody can answer it: its function is given the token, and leaves it out of what it returns. Put it into the request, or into the Lambda's payload.",
      write: (flow, { key }, { worker }) =>
        here(flow).callback(
          "Ask",
          () => ({ ...runActivity(worker, { key }), callback: "arn:aws:states:::sqs:sendMessage.waitForTaskToken" }),
          {
            answer: z.string(),
            timeout: 60,
          },
        ),
    },
    {
      what: "a Lambda that is not given the token",
      state: "Mail",
      message:
        "nobody can answer it: its function is given the token, and leaves it out of what it returns. Put it into the request, or into the Lambda's payload.",
      write: (flow, { key }) =>
        flow.lambdaCallback(here("Mail"), () => ({ key }), nothing, { answer: z.string(), timeout: 60 }),
    },
  ],
} as const satisfies Readonly<Record<string, readonly Mistake[]>>;
