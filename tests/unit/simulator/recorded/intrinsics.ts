/** The functions that Step Functions adds to JSONata. */
import { createHash } from "node:crypto";
import { machine } from "../machines.ts";
import { docs, type Fact } from "./fact.ts";

const added = docs("transforming-data");
const partition = "recorded: intrinsic_functions/test_array_partition";
const range = "recorded: intrinsic_functions/test_array_range";
const parse = "recorded: intrinsic_functions/test_parse";
const digest = (algorithm: string, text: string): string => createHash(algorithm).update(text, "utf8").digest("hex");

/** One expression over the input; `given` is the input. */
function gives(source: string, fact: string, expression: string, given: unknown, value: unknown): Fact {
  return {
    fact,
    source,
    definition: machine({ Call: { Type: "Pass", Output: `{% ${expression} %}`, End: true } }),
    input: given,
    status: "SUCCEEDED",
    output: value,
  };
}

function fails(source: string, fact: string, expression: string, given: unknown = {}): Fact {
  return {
    fact,
    source,
    definition: machine({ Call: { Type: "Pass", Output: `{% ${expression} %}`, End: true } }),
    input: given,
    status: "FAILED",
    error: "States.QueryEvaluationError",
    location: "Output",
  };
}

const cut = "$partition($states.input.list, $states.input.size)";
const count = "$range($states.input.from, $states.input.to, $states.input.by)";
const read = "$parse($states.input)";

export const intrinsics: readonly Fact[] = [
  gives(partition, "$partition of one member is one chunk of one", cut, { list: ["a"], size: 1 }, [["a"]]),
  gives(partition, "$partition of one member by more is one chunk of one", cut, { list: ["a"], size: 4 }, [["a"]]),
  gives(partition, "$partition by 1 makes a chunk of each member", cut, { list: ["a", "b"], size: 1 }, [["a"], ["b"]]),
  gives(partition, "$partition by its own length makes one chunk", cut, { list: [5, 6, 7], size: 3 }, [[5, 6, 7]]),
  gives(partition, "$partition makes full chunks and a rest", cut, { list: [5, 6, 7, 8, 9], size: 2 }, [
    [5, 6],
    [7, 8],
    [9],
  ]),
  gives(partition, "$partition makes equal chunks if it can", cut, { list: [5, 6, 7, 8], size: 2 }, [
    [5, 6],
    [7, 8],
  ]),
  gives(range, "$range includes its end if a step meets it", count, { from: 2, to: 8, by: 2 }, [2, 4, 6, 8]),
  gives(range, "$range stops before an end that no step meets", count, { from: 2, to: 9, by: 2 }, [2, 4, 6, 8]),
  gives(range, "$range that holds one number is that number", count, { from: 4, to: 6, by: 9 }, 4),
  gives(range, "$range of one number in brackets is an array", `[${count}]`, { from: 4, to: 6, by: 9 }, [4]),
  gives(parse, "$parse reads minus zero as zero", "$string($parse($states.input))", "-0", "0"),
  gives(parse, "$parse reads an integer", read, "12", 12),
  gives(parse, "$parse reads a fraction", read, "1.25", 1.25),
  gives(parse, "$parse reads a boolean", read, "false", false),
  gives(parse, "$parse reads a text in quotes", read, '"shelf"', "shelf"),
  gives(parse, "$parse reads an array", read, '[1, "b", null]', [1, "b", null]),
  gives(parse, "$parse reads an object with an empty array in it", read, '{"a": 1, "b": []}', { a: 1, b: [] }),
  fails(added, "$parse of broken JSON is an evaluation error", "$parse('{')"),
  gives(added, "$hash gives MD5 in hexadecimal digits", "$hash('parcel', 'MD5')", {}, digest("md5", "parcel")),
  gives(added, "$hash gives SHA-1", "$hash('parcel', 'SHA-1')", {}, digest("sha1", "parcel")),
  gives(added, "$hash gives SHA-256", "$hash('parcel', 'SHA-256')", {}, digest("sha256", "parcel")),
  gives(added, "$hash gives SHA-384", "$hash('parcel', 'SHA-384')", {}, digest("sha384", "parcel")),
  gives(added, "$hash gives SHA-512", "$hash('parcel', 'SHA-512')", {}, digest("sha512", "parcel")),
  fails(added, "$hash knows no other algorithm", "$hash('parcel', 'CRC32')"),
  gives(added, "$uuid has 36 characters", "$length($uuid())", {}, 36),
  gives(added, "$uuid gives version 4", "$substring($uuid(), 14, 1)", {}, "4"),
  gives(added, "$uuid differs from call to call", "$uuid() = $uuid()", {}, false),
  gives(added, "$random is at least 0 and less than 1", "($n := $random(); $n >= 0 and $n < 1)", {}, true),
  gives(added, "$random with a seed repeats itself", "$random(17) = $random(17)", {}, true),
  gives(added, "$random with another seed differs", "$random(17) = $random(18)", {}, false),
  gives(added, "$random without a seed differs from call to call", "$random() = $random()", {}, false),
  fails("recorded: intrinsic_functions/test_math_random_seeded", "$randomSeeded is no function", "$randomSeeded(17)"),
  gives(
    "recorded: evaluate_jsonata/test_merge_with_dynamic_args",
    "$merge takes objects from the input",
    "$merge([$states.input.a, $states.input.b])",
    { a: { x: 1, y: 1 }, b: { y: 2 } },
    { x: 1, y: 2 },
  ),
  gives(added, "$now is text in UTC with milliseconds", "$now()", {}, "2025-01-01T00:00:00.000Z"),
  gives(added, "$millis is the same moment as $now", "$toMillis($now()) = $millis()", {}, true),
];
