/** A task's events: those of an integrated service, of an activity, or of a Lambda function named by its own ARN. */
import type { StateFailure } from "../errors.ts";
import { failed, text, whole } from "../history.ts";
import type { Json } from "../json.ts";
import type { Visit } from "../visit.ts";

export interface TaskEvents {
  /** "lambda", "glue", "aws-sdk:glue" …: the service's name in events and causes; a function's own ARN in causes. */
  readonly resourceType: string;
  scheduled(args: Json, timeout: number | undefined, heartbeat: number | undefined): void;
  submitted(output: Json): void;
  succeeded(output: Json): void;
  failed(failure: StateFailure): void;
}

/** arn:aws:states:us-east-1:123456789012:activity:name */
export function isActivity(resource: string): boolean {
  return /^arn:aws[^:]*:states:[^:]*:[^:]*:activity:/.test(resource);
}

export function taskEvents(visit: Visit<"Task">): TaskEvents {
  if (isActivity(visit.state.Resource)) return activityEvents(visit);
  return visit.state.Resource.includes(":lambda:") && visit.state.Resource.includes(":function:")
    ? functionEvents(visit)
    : serviceEvents(visit);
}

function isTimeout(failure: StateFailure): boolean {
  return failure.error === "States.Timeout";
}

function serviceEvents(visit: Visit<"Task">): TaskEvents {
  const { history, identity } = visit.run.execution;
  const { trail } = visit.frame;
  // arn:aws:states:::aws-sdk:glue:getCrawler → aws-sdk:glue, getCrawler
  const parts = visit.state.Resource.split(":").slice(5);
  const fields = { resource: parts.at(-1) ?? visit.state.Resource, resourceType: parts.slice(0, -1).join(":") };
  return {
    resourceType: fields.resourceType,
    scheduled: (args, timeout, heartbeat) => {
      history.record(trail, "TaskScheduled", {
        taskScheduledEventDetails: {
          ...fields,
          region: identity.region,
          parameters: text(args),
          ...(timeout === undefined ? {} : { timeoutInSeconds: timeout }),
          ...(heartbeat === undefined ? {} : { heartbeatInSeconds: heartbeat }),
        },
      });
      history.record(trail, "TaskStarted", { taskStartedEventDetails: fields });
    },
    submitted: (output) => {
      const details = { ...fields, output: text(output), outputDetails: whole };
      history.record(trail, "TaskSubmitted", { taskSubmittedEventDetails: details });
    },
    succeeded: (output) => {
      const details = { ...fields, output: text(output), outputDetails: whole };
      history.record(trail, "TaskSucceeded", { taskSucceededEventDetails: details });
    },
    failed: (failure) => {
      const details = { ...fields, ...failed(failure.error, failure.reason) };
      if (isTimeout(failure)) history.record(trail, "TaskTimedOut", { taskTimedOutEventDetails: details });
      else history.record(trail, "TaskFailed", { taskFailedEventDetails: details });
    },
  };
}

function functionEvents(visit: Visit<"Task">): TaskEvents {
  const { history } = visit.run.execution;
  const { trail } = visit.frame;
  return {
    resourceType: visit.state.Resource,
    scheduled: (args, timeout) => {
      history.record(trail, "LambdaFunctionScheduled", {
        lambdaFunctionScheduledEventDetails: {
          resource: visit.state.Resource,
          input: text(args),
          inputDetails: whole,
          ...(timeout === undefined ? {} : { timeoutInSeconds: timeout }),
        },
      });
      history.record(trail, "LambdaFunctionStarted");
    },
    submitted: () => undefined,
    succeeded: (output) => {
      const details = { output: text(output), outputDetails: whole };
      history.record(trail, "LambdaFunctionSucceeded", { lambdaFunctionSucceededEventDetails: details });
    },
    failed: (failure) => {
      const details = failed(failure.error, failure.reason);
      if (isTimeout(failure)) {
        history.record(trail, "LambdaFunctionTimedOut", { lambdaFunctionTimedOutEventDetails: details });
      } else {
        history.record(trail, "LambdaFunctionFailed", { lambdaFunctionFailedEventDetails: details });
      }
    },
  };
}

function activityEvents(visit: Visit<"Task">): TaskEvents {
  const { history } = visit.run.execution;
  const { trail } = visit.frame;
  return {
    resourceType: "activity",
    scheduled: (args, timeout, heartbeat) => {
      history.record(trail, "ActivityScheduled", {
        activityScheduledEventDetails: {
          resource: visit.state.Resource,
          input: text(args),
          inputDetails: whole,
          ...(timeout === undefined ? {} : { timeoutInSeconds: timeout }),
          ...(heartbeat === undefined ? {} : { heartbeatInSeconds: heartbeat }),
        },
      });
    },
    // What is submitted is the worker's name.
    submitted: (worker) => {
      const details = typeof worker === "string" ? { workerName: worker } : {};
      history.record(trail, "ActivityStarted", { activityStartedEventDetails: details });
    },
    succeeded: (output) => {
      const details = { output: text(output), outputDetails: whole };
      history.record(trail, "ActivitySucceeded", { activitySucceededEventDetails: details });
    },
    failed: (failure) => {
      const details = failed(failure.error, failure.reason);
      if (isTimeout(failure)) history.record(trail, "ActivityTimedOut", { activityTimedOutEventDetails: details });
      else history.record(trail, "ActivityFailed", { activityFailedEventDetails: details });
    },
  };
}
