/** The stand-in for the aws provider: Pulumi's engine starts it as a plugin and speaks gRPC with it, as with the real one. */
import { status, Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import empties from "google-protobuf/google/protobuf/empty_pb.js";
import structs from "google-protobuf/google/protobuf/struct_pb.js";
import { computedCall } from "../../../local/aws/outputs.ts";
import { changeOf, named, refusals, stateOf } from "./resources.ts";
import { values, type Values } from "./values.ts";

const place = { account: "123456789012", region: "eu-central-1" };

const read = (struct: structs.Struct | undefined): Values => values(struct?.toJavaScript() ?? {});

/** Protobuf's structs take JSON: what is undefined is left out. */
function json(value: unknown): structs.JavaScriptValue {
  if (value === null || typeof value === "number" || typeof value === "string" || typeof value === "boolean")
    return value;
  if (Array.isArray(value)) return value.map(json);
  const entries = Object.entries(values(value)).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, json(item)]));
}

const struct = (properties: Values): structs.Struct =>
  structs.Struct.fromJavaScript(
    Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, json(value)])),
  );

/** A handler that answers; what it throws becomes the engine's error. */
const answering =
  <Request, Response>(answer: (request: Request) => Response) =>
  (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
    try {
      callback(null, answer(call.request));
    } catch (error) {
      callback({ code: status.INVALID_ARGUMENT, details: error instanceof Error ? error.message : String(error) });
    }
  };

function check(request: messages.CheckRequest): messages.CheckResponse {
  const inputs = read(request.getNews());
  const response = new messages.CheckResponse();
  response.setInputs(struct(inputs));
  for (const { property, reason } of refusals(named(request.getUrn()), inputs)) {
    const failure = new messages.CheckFailure();
    failure.setProperty(property);
    failure.setReason(reason);
    response.addFailures(failure);
  }
  return response;
}

function configure(): messages.ConfigureResponse {
  const response = new messages.ConfigureResponse();
  response.setSupportspreview(true);
  return response;
}

function invoke(request: messages.InvokeRequest): messages.InvokeResponse {
  const response = new messages.InvokeResponse();
  response.setReturn(struct(computedCall(request.getTok(), place)));
  return response;
}

function diff(request: messages.DiffRequest): messages.DiffResponse {
  const olds = read(request.getOldInputs());
  const news = read(request.getNews());
  const prior = read(request.getOlds());
  const { changed, replacing } = changeOf(named(request.getUrn()), request.getId(), olds, news, prior);
  const response = new messages.DiffResponse();
  const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
  response.setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE);
  response.setDiffsList([...changed]);
  response.setReplacesList([...replacing]);
  return response;
}

function create(request: messages.CreateRequest): messages.CreateResponse {
  const { id, state } = stateOf(named(request.getUrn()), read(request.getProperties()), {
    preview: request.getPreview(),
  });
  const response = new messages.CreateResponse();
  response.setId(id);
  response.setProperties(struct(state));
  return response;
}

function update(request: messages.UpdateRequest): messages.UpdateResponse {
  const { state } = stateOf(named(request.getUrn()), read(request.getNews()), {
    preview: request.getPreview(),
    prior: read(request.getOlds()),
  });
  const response = new messages.UpdateResponse();
  response.setProperties(struct(state));
  return response;
}

/** Nothing changes behind the engine's back here. */
function reread(request: messages.ReadRequest): messages.ReadResponse {
  const response = new messages.ReadResponse();
  response.setId(request.getId());
  response.setProperties(request.getProperties());
  response.setInputs(request.getInputs());
  return response;
}

function info(): plugin.PluginInfo {
  const response = new plugin.PluginInfo();
  response.setVersion("7.48.0");
  return response;
}

const nothing = (): empties.Empty => new empties.Empty();

const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
server.addService(services.ResourceProviderService, {
  checkConfig: answering(check),
  configure: answering(configure),
  invoke: answering(invoke),
  check: answering(check),
  diff: answering(diff),
  create: answering(create),
  read: answering(reread),
  update: answering(update),
  delete: answering(nothing),
  cancel: answering(nothing),
  attach: answering(nothing),
  getPluginInfo: answering(info),
});
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  // The engine reads the port from the first line.
  console.log(String(port));
});
