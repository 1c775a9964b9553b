/** Status changes of executions as events on the emulator's bus, as Step Functions sends them to EventBridge. */
import { PutEventsCommand, type EventBridgeClient } from "@aws-sdk/client-eventbridge";
import * as z from "zod";
import type { StatusChange } from "../workflow/simulator/server.ts";
import type { OnProgress } from "./progress.ts";

/** Nobody may send events under a source of AWS's own, on AWS as on the emulator; so these come under another one. */
const serviceSource = "aws.states";
const localSource = "local.states";

const pattern = z.looseObject({ source: z.array(z.unknown()).optional() });

/** An event pattern that matches Step Functions' events of this machine wherever it would match those of AWS. */
export function listeningHere(eventPattern: string): string {
  const { source, ...rest } = pattern.parse(JSON.parse(eventPattern));
  if (source?.includes(serviceSource) !== true) return eventPattern;
  return JSON.stringify({ source: [...source, localSource], ...rest });
}

export interface MachineEvents {
  readonly onStatusChange: (change: StatusChange) => Promise<void>;
  /** Names of the executions that run, or whose end is not told yet. */
  readonly running: ReadonlySet<string>;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html */
export function machineEvents(events: EventBridgeClient, onProgress: OnProgress): MachineEvents {
  const running = new Set<string>();
  return {
    running,
    async onStatusChange(change) {
      const { name, status, startDate, stopDate, executionArn } = change;
      if (status === "RUNNING") running.add(name);
      onProgress({ kind: "execution", name, status, seconds: ((stopDate ?? startDate) - startDate) / 1000 });
      const entry = {
        Source: localSource,
        DetailType: "Step Functions Execution Status Change",
        Resources: [executionArn],
        Detail: JSON.stringify(change),
      };
      try {
        const { Entries = [] } = await events.send(new PutEventsCommand({ Entries: [entry] }));
        const refused = Entries.find(({ ErrorCode }) => ErrorCode !== undefined);
        if (refused)
          throw new Error(`EventBridge refused the event that ${name} is ${status}: ${refused.ErrorMessage ?? ""}`);
      } finally {
        if (status !== "RUNNING") running.delete(name);
      }
    },
  };
}
