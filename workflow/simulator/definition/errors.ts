/** Rules of Retry, Catch and timeouts. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
import type { State } from "./asl.ts";
import { diagnostic, type Diagnostic } from "./diagnostic.ts";

export function errorDiagnostics(state: State, pointer: string): readonly Diagnostic[] {
  if (!("Retry" in state || "Catch" in state || "HeartbeatSeconds" in state)) return [];
  const lists = { Retry: "Retry" in state ? state.Retry : [], Catch: "Catch" in state ? state.Catch : [] };
  return [
    ...Object.entries(lists).flatMap(([field, list = []]) =>
      list.flatMap(({ ErrorEquals: names }, index) => {
        const place = `${pointer}/${field}/${index}/ErrorEquals`;
        if (!names.includes("States.ALL")) return [];
        if (names.length > 1) return [diagnostic(place, "States.ALL stands alone")];
        return index < list.length - 1 ? [diagnostic(place, `States.ALL stands last in ${field}`)] : [];
      }),
    ),
    ...(state.Type === "Task" ? heartbeat(state.TimeoutSeconds, state.HeartbeatSeconds, pointer) : []),
  ];
}

function heartbeat(timeout: unknown, beat: unknown, pointer: string): readonly Diagnostic[] {
  if (typeof timeout !== "number" || typeof beat !== "number" || beat < timeout) return [];
  return [diagnostic(`${pointer}/HeartbeatSeconds`, "must be smaller than TimeoutSeconds")];
}
