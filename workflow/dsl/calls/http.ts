/** Third parties' HTTPS APIs: https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html */
import * as z from "zod";
import type { CheckPayload } from "../json_types.ts";
import { mistake } from "../mistakes.ts";
import type { Value } from "../ref.ts";
import type { HttpConnection } from "../resources/index.ts";
import { allow } from "../statement.ts";
import type { Answered, Call } from "./call.ts";

export interface HttpRequest<P extends object = object> {
  readonly method: "DELETE" | "GET" | "HEAD" | "OPTIONS" | "PATCH" | "POST" | "PUT";
  /** An `https:` URL. Where a part of it is known only to the running machine, `urls` says which it can be. */
  readonly url: Value<string>;
  /** The URLs that are allowed, `*` standing for anything. @default the URL, where that is known already */
  readonly urls?: string;
  readonly headers?: Readonly<Record<string, Value<string>>>;
  readonly query?: Readonly<Record<string, Value<string>>>;
  readonly body?: CheckPayload<P> & P;
  /** How the body is written: as JSON, or as a form, which the headers then say. @default JSON */
  readonly encoding?: "JSON" | "FORM";
}

const response = z.object({
  StatusCode: z.number(),
  StatusText: z.string(),
  Headers: z.record(z.string(), z.array(z.string())),
});

export interface HttpResponse<T> extends z.input<typeof response> {
  readonly ResponseBody: T;
}

/** Step Functions encodes a form, and leaves it to the definition to say so to the API. */
function headersOf({ headers, encoding }: Pick<HttpRequest, "encoding" | "headers">): HttpRequest["headers"] {
  const isSaid = Object.keys(headers ?? {}).some((name) => name.toLowerCase() === "content-type");
  return encoding === "FORM" && !isSaid ? { "Content-Type": "application/x-www-form-urlencoded", ...headers } : headers;
}

function unknownUrls(): string {
  const why =
    'the URL is known only to the running machine: say which `urls` it can be, such as "https://api.example.com/*"';
  mistake("unknown-keys", new TypeError(why));
  return "";
}

/**
 * Calls the API with the connection's credentials. A status from 400 is the error `States.Http.StatusCode.404` and the
 * like. The answer is the response's body.
 */
export function fetchHttp<const P extends object, A extends z.ZodType = z.ZodType>(
  connection: HttpConnection,
  request: HttpRequest<P>,
  { answer }: Answered<A> = {},
): Call<HttpResponse<z.input<A>>> {
  const urls = request.urls ?? (typeof request.url === "string" ? request.url : unknownUrls());
  return {
    resource: "arn:aws:states:::http:invoke",
    arguments: {
      ApiEndpoint: request.url,
      Method: request.method,
      Authentication: { ConnectionArn: connection.arn },
      Headers: headersOf(request),
      QueryParameters: request.query,
      RequestBody: request.body,
      Transform: request.encoding === "FORM" ? { RequestBodyEncoding: "URL_ENCODED" } : undefined,
    },
    schema: answer && response.extend({ ResponseBody: answer }),
    permissions: [
      {
        ...allow(["states:InvokeHTTPEndpoint"], "${machine.arn}"),
        conditions: {
          StringEquals: { "states:HTTPMethod": [request.method] },
          StringLike: { "states:HTTPEndpoint": [urls] },
        },
      },
      allow(["events:RetrieveConnectionCredentials"], connection.arn),
      allow(["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], connection.secretArn),
    ],
  };
}
