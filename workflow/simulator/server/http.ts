/** AWS JSON 1.0 over HTTP, for callers on this machine only. */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { ApiError } from "./api-error.ts";

/** Answers one operation of the API; throws {@link ApiError} for the caller's mistakes. */
export type Answer = (operation: string, input: unknown) => unknown;

const target = "AWSStepFunctions.";
const maxBodyBytes = 2 * 1024 * 1024;
// A page in a browser can reach a loopback port under a name of its own (DNS rebinding); an AWS SDK never does.
const localHost = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/;

export function createHttpServer(answer: Answer, onError: (error: unknown) => void): Server {
  return createServer((request, response) => {
    handle(request, answer)
      .then((body) => {
        send(response, 200, body);
      })
      .catch((error: unknown) => {
        if (error instanceof ApiError) {
          send(response, error.status, error.toJSON());
          return;
        }
        onError(error);
        const message = error instanceof Error ? error.message : String(error);
        send(response, 500, { __type: "com.amazon.coral.service#InternalFailure", message });
      })
      .catch(onError);
  });
}

async function handle(request: IncomingMessage, answer: Answer): Promise<unknown> {
  const host = request.headers.host ?? "";
  if (!localHost.test(host)) {
    throw new ApiError("AccessDeniedException", `The simulator serves this machine only, not the host '${host}'.`, 403);
  }
  const header = request.headers["x-amz-target"];
  // Not a content type that a web page may send without asking first.
  const json = request.headers["content-type"]?.startsWith("application/x-amz-json-1.0") === true;
  if (request.method !== "POST" || !json || typeof header !== "string" || !header.startsWith(target)) {
    throw new ApiError(
      "UnknownOperationException",
      `Send a POST with content-type application/x-amz-json-1.0 and x-amz-target ${target}<operation>.`,
    );
  }
  if (Number(request.headers["content-length"] ?? 0) > maxBodyBytes) {
    throw new ApiError("SerializationException", `The request is larger than ${maxBodyBytes} bytes.`, 413);
  }
  return answer(header.slice(target.length), parse(await text(request)));
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body === "" ? "{}" : body);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ApiError("SerializationException", `The request's body isn't JSON: ${reason}`);
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const content = Buffer.from(JSON.stringify(encode(body)));
  response.writeHead(status, {
    "content-type": "application/x-amz-json-1.0",
    "content-length": content.length,
    "x-amzn-requestid": randomUUID(),
  });
  response.end(content);
}

/** The protocol's dates are seconds since 1970. */
function encode(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, encode(member)]));
}
