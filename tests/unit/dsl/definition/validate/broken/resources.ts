/** Definitions that are broken in their resources. */
import type { Broken } from "./broken.ts";
import { jsonata, task, type Fields } from "../machines.ts";

const http = (url: string): Fields =>
  task({
    Resource: "arn:aws:states:::http:invoke",
    Arguments: {
      ApiEndpoint: url,
      Method: "GET",
      Authentication: { ConnectionArn: "arn:aws:events:us-east-1:123456789012:connection/api/1" },
    },
  });

export const resources: readonly Broken[] = [
  {
    what: "a resource that is no ARN",
    found: [
      'error malformed-resource /States/A/Resource: "MyFunction" is no ARN of an integration, a Lambda or an activity: write one such as arn:aws:states:::lambda:invoke',
    ],
    refusedBy: ["asl-validator"],
    definition: jsonata({ A: task({ Resource: "MyFunction" }) }),
  },
  {
    what: "a service without an integration",
    found: [
      'error unknown-integration /States/A/Resource: Step Functions has no integration of its own for "lamda". Did you mean "lambda"? Any API of AWS can be called as aws-sdk:lamda:invoke.',
    ],
    refusedBy: [],
    definition: jsonata({ A: task({ Resource: "arn:aws:states:::lamda:invoke" }) }),
  },
  {
    what: "an action without an integration",
    found: [
      'error unknown-integration /States/A/Resource: the integration of dynamodb has no action "query": it has getItem, putItem, updateItem, deleteItem. Other actions are called as aws-sdk:dynamodb:query.',
    ],
    refusedBy: [],
    definition: jsonata({ A: task({ Resource: "arn:aws:states:::dynamodb:query" }) }),
  },
  {
    what: "a call that can't be waited for",
    found: [
      'error unknown-integration /States/A/Resource: lambda:invoke can\'t be waited for with ".sync", only with .waitForTaskToken',
      "warning sync-without-timeout /States/A: waits for a job without TimeoutSeconds: if the job hangs, so does the execution. Give it one.",
    ],
    refusedBy: [],
    definition: jsonata({ A: task({ Resource: "arn:aws:states:::lambda:invoke.sync" }) }),
  },
  {
    what: "an SDK call that can't be waited for",
    found: [
      "error unknown-integration /States/A/Resource: SDK integrations can't be waited for with \".sync\", only with .waitForTaskToken: use the service's optimized integration, or ask for its status in a loop",
    ],
    refusedBy: [],
    definition: jsonata({ A: task({ Resource: "arn:aws:states:::aws-sdk:glue:startJobRun.sync", TimeoutSeconds: 5 }) }),
  },
  {
    what: "an HTTP Task whose URL is not HTTPS",
    found: [
      'error not-https /States/A/Arguments/ApiEndpoint: ApiEndpoint is "http://api.example.com": a Task calls HTTPS APIs alone, so write a URL such as https://api.example.com/orders',
    ],
    refusedBy: [],
    definition: jsonata({ A: http("http://api.example.com") }),
  },
  {
    what: "an HTTP Task whose URL is computed, and not HTTPS",
    found: [
      "error not-https /States/A/Arguments/ApiEndpoint: ApiEndpoint is \"{% 'http://api.example.com/' & $states.input.id %}\": a Task calls HTTPS APIs alone, so write a URL such as https://api.example.com/orders",
    ],
    refusedBy: [],
    definition: jsonata({ A: http("{% 'http://api.example.com/' & $states.input.id %}") }),
  },
  {
    what: "an SDK action in the wrong case",
    found: [
      'error unknown-integration /States/A/Resource: "ListBuckets" is no action: actions are in camel case: write "listBuckets"',
    ],
    refusedBy: [],
    definition: jsonata({ A: task({ Resource: "arn:aws:states:::aws-sdk:s3:ListBuckets" }) }),
  },
];
