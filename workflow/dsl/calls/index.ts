export type { Answer, Call, CallbackCall, TaskToken } from "./call.ts";
export { invokeModel } from "./bedrock.ts";
export { runTask, startTask, submitJob, type TaskRun } from "./containers.ts";
export { startJobRun } from "./glue.ts";
export { fetchHttp, type HttpRequest, type HttpResponse } from "./http.ts";
export { invoke } from "./lambda.ts";
export { publish, putEvent, sendMessage } from "./messages.ts";
export { sdk } from "./sdk.ts";
export { runActivity, runExecution, startExecution } from "./states.ts";
