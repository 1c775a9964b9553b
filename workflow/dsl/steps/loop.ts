/** Steps that come again. */
import type { Flow } from "../flow.ts";
import type { Ref } from "../ref.ts";
import { referenceTo } from "../reference.ts";
import type { Writer } from "../writer.ts";

export const poll =
  (writer: Writer): Flow["poll"] =>
  <A>(
    name: string,
    { every, atMost, comment, accept }: Parameters<Flow["poll"]>[1],
    ask: (flow: Flow) => Ref<A>,
    until: (answer: Ref<A>) => unknown,
  ): Ref<A> => {
    const at = writer.mark(name);
    const result = writer.binding(at);
    const asked: { condition?: unknown } = {};
    const block = writer.block(at, (flow) => {
      const answer = ask(flow);
      asked.condition = until(answer);
      return answer;
    });
    const count = writer.binding(at, "Count");
    const exhausted = "PollExhausted";
    writer.add({
      kind: "loop",
      ...at,
      every,
      atMost,
      state: undefined,
      block,
      until: asked.condition,
      exhausted,
      count,
      result,
      comment,
      accept,
    });
    return referenceTo(result);
  };

export const repeat =
  (writer: Writer): Flow["repeat"] =>
  (name, from, { every, atMost, comment, accept }, round, until) => {
    const at = writer.mark(name);
    const result = writer.binding(at);
    const scope = writer.inner();
    const binding = { ...writer.binding(at, "State"), scope };
    const block = writer.block(at, (flow) => round(flow, referenceTo(binding)), scope);
    writer.add({
      kind: "loop",
      ...at,
      every,
      atMost,
      state: { binding, from },
      block,
      until: until(referenceTo(binding)),
      exhausted: "RepeatExhausted",
      count: writer.binding(at, "Count"),
      result,
      comment,
      accept,
    });
    return referenceTo(result);
  };
