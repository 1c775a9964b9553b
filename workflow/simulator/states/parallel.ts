/** Parallel: all branches on the same input; results in the order of the branches. */
import { attempts } from "../attempts.ts";
import { pool } from "../pool.ts";
import { partOf } from "../progress.ts";
import { following, leave, query, type Outcome, type Visit } from "../visit.ts";

export function parallel(visit: Visit<"Parallel">): Promise<Outcome> {
  const { run, frame, stay, state } = visit;
  return attempts(
    visit,
    async (attempt) => {
      // Arguments make the branches' input; the state's own $states.input stays what it was.
      const input = state.Arguments === undefined ? visit.input : await query(attempt, state.Arguments, "Arguments");
      run.execution.history.record(frame.trail, "ParallelStateStarted");
      const branches = state.Branches;
      const result = await pool(run, frame, { count: branches.length, limit: branches.length }, (index, lane) => {
        const branch = branches[index];
        if (branch === undefined) throw new RangeError(`Parallel '${visit.name}' has no branch ${index}`);
        return run.walk(branch, input, {
          progress: partOf(stay, index, frame.progress.scope),
          trail: lane.trail,
          signal: lane.signal,
          place: {
            pointer: `${frame.place.pointer}/States/${visit.name}/Branches/${index}`,
            path: `${frame.place.path}${visit.name}[${index}]/`,
          },
          item: frame.item,
        });
      });
      run.execution.history.record({ last: frame.trail.last }, "ParallelStateSucceeded");
      return leave(attempt, state, { fallback: result, next: following(state), known: { result } });
    },
    () => run.execution.history.record(frame.trail, "ParallelStateFailed"),
  );
}
