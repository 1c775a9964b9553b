/** The registry of state machines: a current definition each, published versions, and aliases that route to versions. */
import { createHash } from "node:crypto";
import type { Machine } from "../definition/asl.ts";
import { InvalidDefinition } from "../definition/diagnostic.ts";
import { readDefinition, type MachineType } from "../definition/read.ts";
import type { Json } from "../json.ts";
import { ApiError, invalid, noSuchMachine } from "./api-error.ts";
import { isName, machineArn, readMachineArn, type Place } from "./arns.ts";

export interface MachineInput {
  readonly name: string;
  /** ASL as an object or as JSON text. */
  readonly definition: unknown;
  readonly roleArn: string;
  /** Default STANDARD; it never changes. */
  readonly type?: MachineType;
  /** Kept and described; the simulator writes no logs. */
  readonly loggingConfiguration?: Json;
}

/** What an execution runs: it never changes once it exists. */
export interface Revision {
  readonly machineArn: string;
  readonly name: string;
  readonly definition: string;
  readonly machine: Machine;
  readonly type: MachineType;
  readonly roleArn: string;
  readonly loggingConfiguration: Json;
  readonly revisionId: string;
  readonly date: Date;
}

export interface Version {
  readonly stateMachineVersionArn: string;
  readonly number: number;
  readonly description: string | undefined;
  readonly creationDate: Date;
  readonly revision: Revision;
}

export interface Route {
  readonly stateMachineVersionArn: string;
  readonly weight: number;
}

export interface Alias {
  readonly stateMachineAliasArn: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly routingConfiguration: readonly Route[];
  readonly creationDate: Date;
  readonly updateDate: Date;
}

interface Registered {
  current: Revision;
  readonly creationDate: Date;
  readonly versions: Version[];
  readonly aliases: Map<string, Alias>;
}

/** What an ARN in StartExecution stands for. */
export interface Target {
  readonly revision: Revision;
  readonly versionArn: string | undefined;
  readonly aliasArn: string | undefined;
}

const noLogging = { level: "OFF", includeExecutionData: false };

export class Machines {
  readonly #place: Place;
  readonly #random: () => number;
  readonly #machines = new Map<string, Registered>();

  constructor(place: Place, random: () => number) {
    this.#place = place;
    this.#random = random;
  }

  /** Registers a machine; the same again changes nothing. */
  create(input: MachineInput): { readonly stateMachineArn: string; readonly creationDate: Date } {
    if (!isName(input.name)) throw new ApiError("InvalidName", `Invalid Name: '${input.name}'`);
    const stateMachineArn = machineArn(this.#place, input.name);
    const revision = readRevision(stateMachineArn, input);
    const known = this.#machines.get(stateMachineArn);
    if (known !== undefined && known.current.revisionId !== revision.revisionId) {
      throw new ApiError("StateMachineAlreadyExists", `State Machine Already Exists: '${stateMachineArn}'`);
    }
    const registered = known ?? { current: revision, creationDate: revision.date, versions: [], aliases: new Map() };
    this.#machines.set(stateMachineArn, registered);
    return { stateMachineArn, creationDate: registered.creationDate };
  }

  /** Replaces definition, role or logging of a machine; published versions stay what they were. */
  update(stateMachineArn: string, change: Partial<Omit<MachineInput, "name" | "type">>): { readonly updateDate: Date } {
    const registered = this.#find(stateMachineArn);
    const { current } = registered;
    registered.current = readRevision(stateMachineArn, {
      name: current.name,
      type: current.type,
      definition: change.definition ?? current.definition,
      roleArn: change.roleArn ?? current.roleArn,
      loggingConfiguration: change.loggingConfiguration ?? current.loggingConfiguration,
    });
    return { updateDate: registered.current.date };
  }

  /** Publishes what the machine is now; without a change since the last version that version is the answer. */
  publish(stateMachineArn: string, description?: string): Version {
    const { current, versions } = this.#find(stateMachineArn);
    const latest = versions.at(-1);
    if (latest?.revision.revisionId === current.revisionId) return latest;
    const number = (latest?.number ?? 0) + 1;
    const version = {
      stateMachineVersionArn: `${stateMachineArn}:${number}`,
      number,
      description,
      creationDate: new Date(),
      revision: current,
    };
    versions.push(version);
    return version;
  }

  /** Creates an alias, or moves it to other versions. */
  setAlias(input: {
    readonly name: string;
    readonly description?: string;
    readonly routingConfiguration: readonly Route[];
  }): Alias {
    const { name, description, routingConfiguration } = input;
    if (!/^(?=.*[a-zA-Z_\-.])[a-zA-Z0-9_\-.]{1,80}$/.test(name)) {
      throw invalid(`Value '${name}' at 'name' failed to satisfy constraint: Member must be the name of an alias`);
    }
    const arns = routingConfiguration.map((route) => route.stateMachineVersionArn);
    const [first] = arns;
    const machines = new Set(arns.map((arn) => readMachineArn(arn).machineArn));
    if (first === undefined || arns.length > 2 || machines.size !== 1 || new Set(arns).size !== arns.length) {
      throw new ApiError(
        "ValidationException",
        `Routing configuration must contain one or two distinct versions of one state machine. Received: [${arns.join(", ")}]`,
      );
    }
    const weights = routingConfiguration.map((route) => route.weight);
    if (weights.reduce((sum, weight) => sum + weight, 0) !== 100) {
      const received = weights.join(", ");
      throw new ApiError(
        "ValidationException",
        `Sum of routing configuration weights must equal 100. Received: [${received}]`,
      );
    }
    arns.forEach((arn) => this.version(arn));
    const { machineArn: owner } = readMachineArn(first);
    const registered = this.#find(owner);
    const now = new Date();
    const alias = {
      stateMachineAliasArn: `${owner}:${name}`,
      name,
      description,
      routingConfiguration,
      creationDate: registered.aliases.get(name)?.creationDate ?? now,
      updateDate: now,
    };
    registered.aliases.set(name, alias);
    return alias;
  }

  /** The revision that an execution of this machine, version or alias would run. */
  target(arn: string): Target {
    const { machineArn: owner, qualifier } = readMachineArn(arn);
    const registered = this.#machines.get(owner);
    if (registered === undefined) throw noSuchMachine(arn);
    if (qualifier === undefined) return { revision: registered.current, versionArn: undefined, aliasArn: undefined };
    const alias = registered.aliases.get(qualifier);
    const version = this.version(alias === undefined ? arn : this.#route(alias));
    return {
      revision: version.revision,
      versionArn: version.stateMachineVersionArn,
      aliasArn: alias?.stateMachineAliasArn,
    };
  }

  version(arn: string): Version {
    const { machineArn: owner, qualifier } = readMachineArn(arn);
    const version = this.#machines.get(owner)?.versions.find(({ number }) => String(number) === qualifier);
    if (version === undefined) throw noSuchMachine(arn);
    return version;
  }

  alias(arn: string): Alias {
    const { machineArn: owner, qualifier } = readMachineArn(arn);
    const alias = this.#machines.get(owner)?.aliases.get(qualifier ?? "");
    if (alias === undefined) {
      throw new ApiError("ResourceNotFound", "Request references a resource that does not exist.");
    }
    return alias;
  }

  versions(stateMachineArn: string): readonly Version[] {
    return this.#find(stateMachineArn).versions.toReversed();
  }

  aliases(stateMachineArn: string): readonly Alias[] {
    return [...this.#find(stateMachineArn).aliases.values()];
  }

  list(): readonly { readonly revision: Revision; readonly creationDate: Date }[] {
    return [...this.#machines.values()].map(({ current, creationDate }) => ({ revision: current, creationDate }));
  }

  #find(stateMachineArn: string): Registered {
    const registered = this.#machines.get(readMachineArn(stateMachineArn).machineArn);
    if (registered === undefined) throw noSuchMachine(stateMachineArn);
    return registered;
  }

  #route(alias: Alias): string {
    const drawn = this.#random() * 100;
    const [first, second] = alias.routingConfiguration;
    const chosen = second === undefined || drawn < (first?.weight ?? 0) ? first : second;
    return chosen?.stateMachineVersionArn ?? alias.stateMachineAliasArn;
  }
}

function readRevision(stateMachineArn: string, input: MachineInput): Revision {
  const definition =
    typeof input.definition === "string" ? input.definition : JSON.stringify(input.definition, null, 2);
  const loggingConfiguration = input.loggingConfiguration ?? noLogging;
  const type = input.type ?? "STANDARD";
  const content = JSON.stringify([definition, input.roleArn, loggingConfiguration, type]);
  return {
    machineArn: stateMachineArn,
    name: input.name,
    definition,
    machine: readMachine(definition, type),
    type,
    roleArn: input.roleArn,
    loggingConfiguration,
    revisionId: createHash("sha256").update(content).digest("hex").slice(0, 32),
    date: new Date(),
  };
}

function readMachine(definition: string, type: Revision["type"]): Machine {
  try {
    return readDefinition(definition, type);
  } catch (error) {
    if (!(error instanceof InvalidDefinition)) throw error;
    throw new ApiError("InvalidDefinition", `Invalid State Machine Definition: '${error.findings.join("; ")}'`);
  }
}
