/** Mistakes in a workflow, for the test of what the compiler says of each. */

/** By the mistake: a line of a program, and what the first line of the compiler's message has in it. */
export const mistakes: Readonly<Record<string, readonly [line: string, says: string]>> = {
  "a field that the input doesn't have": [
    "flow.let('Let', run.cuont);",
    "Property 'cuont' does not exist on type 'Ref<{ key: string; count: number;",
  ],
  "a field that a step doesn't yield": [
    "flow.let('Let', flow.lambda('Give', {}, () => ({ found: 1 })).fuond);",
    "Property 'fuond' does not exist on type 'Ref<{ found: number; }>'. Did you mean 'found'?",
  ],
  "a field of an item that isn't there": [
    "flow.map('Each', run.files, { maxConcurrency: 1 }, (_, file) => file.kex);",
    "Property 'kex' does not exist on type 'Ref<{ key: string; size?: number | undefined; }>'.",
  ],
  "a batch that is taken for an item": [
    "flow.distributedMap('Each', itemsOf(run.files), { maxConcurrency: 1, batch: { items: 2 } }, (_, file) => file.key);",
    "Property 'key' does not exist on type 'Ref<{ key: string; size?: number | undefined; }[]>'.",
  ],
  "a member of an event that isn't in the payload": [
    "flow.lambda('Give', { key: run.key }, ({ kex }) => kex);",
    "Property 'kex' does not exist on type '{ key: string; }'.",
  ],
  "a payload's member of another type": [
    "flow.lambda('Give', { count: run.count }, ({ count }: { count: string }) => count);",
    "Argument of type '({ count }: { count: string; }) => string' is not assignable to parameter of type '(event: { count: number; }) =>",
  ],
  "a payload that is not JSON": [
    "flow.lambda('Give', { when: new Date() }, () => 1);",
    "payload.when: a Date is not JSON; use .toISOString()",
  ],
  "a large payload of which a part is not JSON": [
    `flow.let('Let', { ${Array.from({ length: 30 }, (_, index) => `member${index}: "text ${index}"`).join(", ")}, seen: new Set([1]) });`,
    "payload.seen: a Set is not JSON; use [...set]",
  ],
  "a result that is not JSON": [
    "flow.lambda('Give', {}, () => ({ when: new Date() }));",
    "result.when: a Date is not JSON; use .toISOString()",
  ],
  "a promised result that is not JSON": [
    "flow.lambda('Give', {}, async () => Promise.resolve({ deep: [new Map<string, number>()] }));",
    "result.deep[]: a Map is not JSON; use Object.fromEntries(…)",
  ],
  "a large result of which a part is not JSON": [
    `flow.lambda('Give', {}, () => ({ ${Array.from({ length: 30 }, (_, index) => `member${index}: "text ${index}"`).join(", ")}, n: 1n }));`,
    "result.n: a bigint is not JSON; use a string",
  ],
  "a result of no known type": [
    "flow.lambda('Give', {}, (): unknown => 1);",
    "result: `unknown` may not be JSON; give it a type",
  ],
  "a reference out of its scope": [
    "flow.if('Sometimes', true, (flow) => { const inner = flow.let('Inner', 1); return inner; }); flow.let('Let', inner);",
    "Cannot find name 'inner'.",
  ],
  "a value that may be missing in a payload": [
    "flow.lambda('Give', { size: run.size }, () => 1);",
    "payload.size: the value may be missing; use withDefault(reference, …)",
  ],
  "a value that may be missing in an output": [
    "flow.succeed('Done', at(run.files, 0));",
    "payload: the value may be missing; use withDefault(reference, …)",
  ],
  "a value that may be missing in a text": ["text`${run.size}`;", "Argument of type 'Ref<number | undefined>'"],
  "a value that may be missing in a comparison": ["gt(run.size, 1);", "Argument of type 'Ref<number | undefined>'"],
  "a value that may be missing in a call's payload": [
    "flow.task('Call', invoke(aws.function, { deep: [run.size] }, { answer: z.number() }));",
    "payload.deep[]: the value may be missing; use withDefault(reference, …)",
  ],
  "a value that may be missing in an activity's input": [
    "runActivity(aws.desk, run.size, { answer: z.object({ done: z.boolean() }) });",
    "payload: the value may be missing; use withDefault(reference, …)",
  ],
  "a value that may be missing in a model's body": [
    "invokeModel(aws.model, { size: run.size });",
    "payload.size: the value may be missing; use withDefault(reference, …)",
  ],
  "a value that may be missing in a body": [
    "fetchHttp(aws.api, { method: 'POST', url: 'https://example.com', body: { size: run.size } });",
    "payload.size: the value may be missing; use withDefault(reference, …)",
  ],
  "a value that may be missing in a child's input": [
    "flow.task('Run', runExecution(aws.child, { id: run.key, note: run.note }));",
    "Type 'Ref<string | undefined>' is not assignable to type 'Value<string> | undefined'.",
  ],
  "a member that a Lambda may leave out in the next one's payload": [
    "flow.lambda('Next', { n: flow.lambda('Give', { count: run.count }, ({ count }) => (count > 1 ? { n: count } : {})).n }, () => 1);",
    "payload.n: the value may be missing; use withDefault(reference, …)",
  ],
  "a value that may be missing as a way's result": [
    "flow.if('If', true, () => run.size);",
    "result: the value may be missing; use withDefault(reference, …)",
  ],
  "a value that may be missing as the result of a block with steps": [
    "flow.if('If', true, (flow) => { flow.wait('Pause', 1); return { deep: { size: run.size } }; });",
    "result.deep.size: the value may be missing; use withDefault(reference, …)",
  ],
  "a value that may be missing as the other way's result": [
    "flow.if('If', true, () => 1, () => [run.size]);",
    "result[]: the value may be missing; use withDefault(reference, …)",
  ],
  "a value that may be missing as a large result": [
    `flow.if('If', true, () => ({ ${Array.from({ length: 30 }, (_, index) => `member${index}: "text ${index}"`).join(", ")}, size: run.size }));`,
    "result.size: the value may be missing; use withDefault(reference, …)",
  ],
  "a value that may be missing as a case's result": [
    "flow.choose('Mode', run.mode, { a: () => run.size, b: () => 2 });",
    "result: the value may be missing; use withDefault(reference, …)",
  ],
  "a value that may be missing as a member's result": [
    "flow.match('Post', run.post, 'kind', { parcel: (flow, post) => ({ post, size: run.size }), letter: () => 1 });",
    "result.size: the value may be missing; use withDefault(reference, …)",
  ],
  "a value that may be missing as a branch's result": [
    "flow.parallel('Both', { one: () => 1, other: () => run.size });",
    "result: the value may be missing; use withDefault(reference, …)",
  ],
  "a value that may be missing as a map's result": [
    "flow.map('Each', run.files, { maxConcurrency: 1 }, (_, file) => file.size);",
    "result: the value may be missing; use withDefault(reference, …)",
  ],
  "a value that may be missing as a distributed map's result": [
    "flow.distributedMap('Each', itemsOf(run.files), { maxConcurrency: 1 }, (_, { key, size }) => ({ key, size }));",
    "result.size: the value may be missing; use withDefault(reference, …)",
  ],
  "a value that may be missing as a body's result": [
    "flow.try('Careful', () => run.size);",
    "result: the value may be missing; use withDefault(reference, …)",
  ],
  "a value that may be missing as a handler's result": [
    "flow.try('Careful', () => 1).catch(AnyError, () => run.size);",
    "result: the value may be missing; use withDefault(reference, …)",
  ],
  "a value that may be missing as the handler's of some errors": [
    "flow.try('Careful', () => 1).on(['Mine'], (_, error) => [error.Cause, run.size]).catch(AnyError, () => 1);",
    "result[]: the value may be missing; use withDefault(reference, …)",
  ],
  "a value that may be missing as an answer": [
    "flow.poll('Asked again', { every: 1, atMost: 2 }, () => run.size, () => true);",
    "result: the value may be missing; use withDefault(reference, …)",
  ],
  "a value that may be missing as a round's state": [
    "flow.repeat('Again', { n: 0 }, { atMost: 3 }, () => ({ n: run.size }), (state) => gt(state.n, 1));",
    "Type 'Ref<number | undefined>' is not assignable to type 'Value<number>'.",
  ],
  "a value that may be missing as the workflow's output": [
    "dsl.workflow('other', { input }, (flow, run) => { flow.wait('Pause', 1); return { size: run.size }; });",
    "result.size: the value may be missing; use withDefault(reference, …)",
  ],
  "a block's result that is not JSON": [
    "flow.if('If', true, () => ({ when: new Date() }));",
    "result.when: a Date is not JSON; use .toISOString()",
  ],
  "a block that is async": [
    "flow.if('If', true, async (flow) => { await Promise.resolve(); flow.wait('Pause', 1); });",
    "result: a block is written at once; leave `async` out",
  ],
  "an array that may be missing": [
    "flow.map('Each', run.more, { maxConcurrency: 1 }, () => 1);",
    "payload: the value may be missing; use withDefault(reference, …)",
  ],
  "a value that `choose` forgets": [
    "flow.choose('Mode', run.mode, { a: () => 1 });",
    'the value \\"b\\" has no way: add one',
  ],
  "a value that `choose` doesn't have": [
    "flow.choose('Mode', run.mode, { a: () => 1, b: () => 2, c: () => 3 });",
    'there is no value \\"c\\": leave its way out',
  ],
  "a member of a union that `match` forgets": [
    "flow.match('Post', run.post, 'kind', { parcel: (_, post) => post.weight });",
    'the value \\"letter\\" has no way: add one',
  ],
  "a field of the union's other member": [
    "flow.match('Post', run.post, 'kind', { parcel: (_, post) => post.stamped, letter: () => 1 });",
    "Property 'stamped' does not exist on type 'Ref<{ kind: \"parcel\"; weight: number; }>'.",
  ],
  "a discriminant that the union doesn't have": [
    "flow.match('Post', run.post, 'kin', { parcel: () => 1, letter: () => 1 });",
    "Argument of type '\"kin\"' is not assignable to parameter of type '\"kind\"'.",
  ],
  "an AWS parameter that doesn't exist": [
    "sdk(GetCrawlerCommand, { Nmae: run.key }, '*');",
    "'Nmae' does not exist in type",
  ],
  "an AWS parameter in the SDK's case": [
    "sdk(GetCrawlerCommand, { name: run.key }, '*');",
    "'name' does not exist in type",
  ],
  "an AWS parameter of another type": [
    "sdk(GetCrawlerCommand, { Name: run.count }, '*');",
    "Type 'Ref<number>' is not assignable to type 'SdkInput<string, \"Name\">'.",
  ],
  "an AWS parameter that is missing": [
    "sdk(GetCrawlerCommand, {}, '*');",
    "Argument of type '{}' is not assignable to parameter of type 'MissingParameter<\"Property 'Name' is missing\">",
  ],
  "an AWS parameter that is missing beside others": [
    "sdk(PutLogEventsCommand, { LogGroupName: run.key, LogStreamName: run.key }, '*');",
    "MissingParameter<\"Property 'LogEvents' is missing\">",
  ],
  "an AWS parameter that is missing further in": [
    "sdk(PutLogEventsCommand, { LogGroupName: run.key, LogStreamName: run.key, LogEvents: [{ Timestamp: 1 }] }, '*');",
    "Property 'Message' is missing in type '{ Timestamp: number; }'",
  ],
  "an AWS parameter that doesn't exist further in": [
    "sdk(CreateCrawlerCommand, { Name: 'c', Role: 'r', Targets: { S3Targets: [{ Pathh: run.key }] } }, '*');",
    "'Pathh' does not exist in type",
  ],
  "an AWS parameter of another type further in": [
    "sdk(CreateCrawlerCommand, { Name: 'c', Role: 'r', Targets: { S3Targets: [{ Path: run.count }] } }, '*');",
    "Type 'Ref<number>' is not assignable to type 'SdkInput<string | undefined, \"Path\">'.",
  ],
  "a DynamoDB attribute of another type": [
    "sdk(PutItemCommand, { TableName: 't', Item: { id: { N: run.count } } }, '*');",
    "Type 'Ref<number>' is not assignable to type 'SdkInput<string, \"N\">'.",
  ],
  "a DynamoDB attribute of another type further in": [
    "sdk(PutItemCommand, { TableName: 't', Item: { id: { L: [{ M: { n: { N: 5 } } }] } } }, '*');",
    "Type 'number' is not assignable to type 'SdkInput<string, \"N\">'.",
  ],
  "an AWS parameter that may be missing when the machine runs": [
    "sdk(GetCrawlerCommand, { Name: at(run.files, 0).key }, '*');",
    "Type 'Ref<string | undefined>' is not assignable to type 'SdkInput<string, \"Name\">'.",
  ],
  "an optional AWS parameter that may be missing when the machine runs": [
    "sdk(CreateCrawlerCommand, { Name: 'c', Role: 'r', Targets: {}, TablePrefix: at(run.files, 0).key }, '*');",
    "Type 'Ref<string | undefined>' is not assignable to type 'SdkInput<string | undefined, \"TablePrefix\">'.",
  ],
  "an answer's field that its schema doesn't have": [
    "flow.if('Approved', asked.aproved, () => 1);",
    "Property 'aproved' does not exist on type 'Ref<{ approved: boolean; }>'. Did you mean 'approved'?",
  ],
  "an answer of another type than is wanted": [
    "flow.wait('Pause', asked.approved);",
    "Argument of type 'Ref<boolean>' is not assignable to parameter of type 'Value<number>",
  ],
  "a call that can't be answered": [
    "flow.callback('Ask', () => startJobRun(aws.job), { answer: z.string() });",
    "Property 'callback' is missing in type 'Call<{ Id: string; JobRunState: string; }",
  ],
  "a child's input with a member that it doesn't take": [
    "flow.task('Run', runExecution(aws.child, { ident: run.key }));",
    "'ident' does not exist in type 'Value<{ id: string; note?: string; }>'.",
  ],
  "a child's input of another type": [
    "flow.task('Run', runExecution(aws.child, { id: run.count }));",
    "Type 'Ref<number>' is not assignable to type 'Value<string>'.",
  ],
  "a child's output that it doesn't have": [
    "flow.task('Run', runExecution(aws.child, { id: run.key })).fuond;",
    "Property 'fuond' does not exist on type 'Ref<{ found: number; }>'. Did you mean 'found'?",
  ],
  "a text as a condition": [
    "flow.if('Text', run.key, () => 1);",
    "Argument of type 'Ref<string>' is not assignable to parameter of type 'Value<boolean>'.",
  ],
  "a text compared with a number": [
    "eq(run.key, 1);",
    "Argument of type 'number' is not assignable to parameter of type",
  ],
  "a text in a sum": [
    "add(run.key, 1);",
    "Argument of type 'Ref<string>' is not assignable to parameter of type 'Value<number>'.",
  ],
  "an item of what is no array": [
    "flow.map('Each', run.key, { maxConcurrency: 1 }, () => 1);",
    "payload: not an array",
  ],
  "a distributed Map's items that are no items": [
    "flow.distributedMap('Each', run.files, { maxConcurrency: 1 }, () => 1);",
    "is not assignable to parameter of type 'Items<unknown>'.",
  ],
  "a branch that isn't there": [
    "flow.parallel('Both', { one: () => 1 }).other;",
    "Property 'other' does not exist on type 'Ref<{ one: number; }>'.",
  ],
  "a round that yields another state": [
    "flow.repeat('Count', { n: 0 }, { atMost: 3 }, () => ({ m: 1 }), (state) => gt(state.n, 1));",
    "Type '{ m: number; }' is not assignable to type 'Value<NoInfer<{ n: number; }>>'.",
  ],
  "a resource of another kind": [
    "flow.task('Tell', publish(aws.queue, { message: 'x' }));",
    "Argument of type 'SqsQueue' is not assignable to parameter of type 'SnsTopic'.",
  ],
  "a batch without a bound": [
    "flow.distributedMap('Each', itemsOf(run.files), { maxConcurrency: 1, batch: {} }, () => 1);",
    "Type '{}' is not assignable to type 'Batch'.",
  ],
  "a role that only the machine knows": [
    "flow.task('Task', publish(aws.topic, { message: '' }), { credentials: run.key });",
    "Type 'Ref<string>' is not assignable to type 'string",
  ],
  "a resource that isn't declared": ["aws.topics;", "Property 'topics' does not exist on type 'Resources<"],
  "an error's name instead of a list": [
    "flow.try('Careful', () => 1).catch('States.ALL', () => 2);",
    "Argument of type 'string' is not assignable to parameter of type 'readonly string[]'.",
  ],
};
