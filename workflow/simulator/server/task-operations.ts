/** Operations of whoever does a task: callbacks by token, and activities' workers. */
import { z } from "zod";
import { CallbackError, type TaskCallbacks } from "../callbacks.ts";
import { toJson, type Json } from "../json.ts";
import { ApiError } from "./api-error.ts";
import { arn, errorFields, operation, paged, payload, type Operations } from "./operation.ts";
import { page, pageFields } from "./paging.ts";

const taskToken = z.string().min(1).max(2048);
/** Taken, for a program that sends them is no worse for it: no operation of the simulator's tells them. */
const tags = z.array(z.unknown()).optional();

export const taskOperations: Operations = {
  SendTaskSuccess: operation({ taskToken, output: payload }, ({ taskToken: token, output }, { tokens }) =>
    send(tokens, (to) => {
      to.sendTaskSuccess({ taskToken: token, output: readOutput(output) });
    }),
  ),
  SendTaskFailure: operation({ taskToken, ...errorFields }, (failure, { tokens }) =>
    send(tokens, (to) => {
      to.sendTaskFailure(failure);
    }),
  ),
  SendTaskHeartbeat: operation({ taskToken }, (heartbeat, { tokens }) =>
    send(tokens, (to) => {
      to.sendTaskHeartbeat(heartbeat);
    }),
  ),
  CreateActivity: operation({ name: z.string(), tags }, ({ name }, { activities }) => {
    const { activityArn, creationDate } = activities.create(name);
    return { activityArn, creationDate };
  }),
  DeleteActivity: operation({ activityArn: arn }, ({ activityArn }, { activities }) => {
    activities.delete(activityArn);
    return {};
  }),
  DescribeActivity: operation({ activityArn: arn }, ({ activityArn }, { activities }) => activities.find(activityArn)),
  ListActivities: operation(pageFields, (request, { activities }) =>
    paged(
      "activities",
      page(activities.list(), request, ({ activityArn }) => activityArn),
      (activity) => activity,
    ),
  ),
  GetActivityTask: operation(
    { activityArn: arn, workerName: z.string().max(80).optional() },
    ({ activityArn, workerName }, { activities }) => activities.poll(activityArn, workerName),
  ),
};

function send(tokens: TaskCallbacks, callback: (tokens: TaskCallbacks) => void): object {
  try {
    callback(tokens);
    return {};
  } catch (error) {
    if (error instanceof CallbackError) throw new ApiError(error.type, error.message);
    throw error;
  }
}

function readOutput(output: string): Json {
  try {
    return toJson(JSON.parse(output));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ApiError("InvalidOutput", `Invalid Output: '${reason}'`);
  }
}
