// Imports flow down the house and never up: datasets → workflow/dsl, workflow/simulator → functions → workflow/examples → workflow → infra → local → cli.
const floors = [
  "datasets",
  "workflow/dsl",
  "workflow/simulator",
  "functions",
  "workflow/examples",
  "workflow/[^/]+\\.ts",
  "infra",
  "local",
  "cli",
];
const below = floors.slice(0, -1).map((from, index) => ({
  name: `${from.replace(/\W+/g, "-")}-imports-only-from-above-it`,
  comment: "A folder may import only from those before it in the list at the top of this file.",
  severity: "error",
  from: { path: `^${from}` },
  to: { path: floors.slice(index + 1).map((floor) => `^${floor}`) },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...below,
    {
      name: "the-dsl-and-the-simulator-stand-alone",
      comment: "They can be lifted into another project, so they know nothing else of this one.",
      severity: "error",
      from: { path: "^workflow/(dsl|simulator)/" },
      to: { path: "^(datasets|functions|infra|local|cli|workflow/examples|workflow/[^/]+\\.ts)" },
    },
    {
      name: "the-dsl-and-the-simulator-do-not-know-each-other",
      severity: "error",
      from: { path: "^workflow/(dsl|simulator)/" },
      to: { path: "^workflow/(dsl|simulator)/", pathNot: "^workflow/$1/" },
    },
    {
      name: "examples-are-never-deployed",
      comment: "The command line shows them; infra and local take the lakehouse from its own file.",
      severity: "error",
      from: { path: "^(infra|local)/" },
      to: { path: "^workflow/(examples/|index\\.ts)" },
    },
    {
      name: "datasets-know-no-aws",
      severity: "error",
      from: { path: "^datasets/" },
      to: { path: "node_modules/@(aws-sdk|pulumi)/" },
    },
    {
      name: "only-infra-and-local-know-pulumi",
      severity: "error",
      from: { path: "^(datasets|workflow|functions|cli)/" },
      to: { path: "node_modules/@pulumi/" },
    },
    { name: "nothing-imports-tests", severity: "error", from: { pathNot: "^tests/" }, to: { path: "^tests/" } },
    {
      name: "no-circles",
      severity: "error",
      from: { path: "^(datasets|workflow|functions|infra|local|cli)/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-orphans",
      severity: "error",
      from: {
        orphan: true,
        path: "^(datasets|workflow|functions|infra|local|cli)/",
        pathNot: "(\\.d\\.ts|\\.tasks\\.ts|lambda_bootstrap\\.cjs)$",
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default"] },
  },
};
