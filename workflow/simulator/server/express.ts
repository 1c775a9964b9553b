/** Executions of Express machines: nobody lists them or reads their history; StartSyncExecution answers with the end. */
import type { Machine } from "../definition/asl.ts";
import { Interruption } from "../errors.ts";
import { startExecution } from "../execution.ts";
import type { Json } from "../json.ts";
import type { RunningExecution, Services } from "../run.ts";
import type { Place } from "./arns.ts";
import type { Revision } from "./machines.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const longestSeconds = 300;

export interface ExpressExecution extends RunningExecution {
  readonly stop: () => void;
}

export function startExpress(
  revision: Revision,
  place: Place,
  name: string,
  input: Json,
  services: Services,
): ExpressExecution {
  const { region, account } = place;
  const identity = {
    machineArn: revision.machineArn,
    machineName: revision.name,
    roleArn: revision.roleArn,
    executionArn: `arn:aws:states:${region}:${account}:express:${revision.name}:${name}:${services.uuid()}`,
    executionName: name,
    region,
  };
  const { TimeoutSeconds: limit = longestSeconds } = revision.machine;
  const machine: Machine = { ...revision.machine, TimeoutSeconds: Math.min(limit, longestSeconds) };
  const stop = new AbortController();
  const running = startExecution(machine, identity, input, services, stop.signal);
  return {
    ...running,
    stop: () => {
      stop.abort(new Interruption("stopped"));
    },
  };
}
