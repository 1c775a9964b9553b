/** Parents before children: the waves in which datasets can be loaded, each wave's datasets side by side. */
import type { Contract } from "./contract.ts";

export interface Wave {
  /** `Wave1`, `Wave2` …: a name for the state that loads it. */
  readonly name: string;
  readonly datasets: readonly Contract[];
}

/**
 * The waves of the given datasets; a dataset is in the first wave that comes after all its parents'.
 * @throws Error that names the datasets which wait for a parent that is not given, or for each other.
 */
export function loadOrder(datasets: readonly Contract[]): Wave[] {
  const waves: Wave[] = [];
  const loaded = new Set<string>();
  let waiting = [...datasets];
  while (waiting.length > 0) {
    const ready = waiting.filter((dataset) => dataset.parents.every((parent) => loaded.has(parent.dataset)));
    if (ready.length === 0) {
      const knots = waiting.map(
        ({ name, parents }) => `${name} (parents: ${parents.map((each) => each.dataset).join(", ")})`,
      );
      throw new Error(
        `no load order: these datasets wait for one that is missing, or for each other: ${knots.join("; ")}`,
      );
    }
    waves.push({ name: `Wave${waves.length + 1}`, datasets: ready });
    for (const { name } of ready) loaded.add(name);
    waiting = waiting.filter((dataset) => !loaded.has(dataset.name));
  }
  return waves;
}

/** The dataset and all its ancestors: a change in any of them can change the dataset's table. */
export function lineage(dataset: Contract, datasets: readonly Contract[]): string[] {
  const parents = dataset.parents.flatMap((parent) => datasets.filter((each) => each.name === parent.dataset));
  return [...new Set([dataset.name, ...parents.flatMap((parent) => lineage(parent, datasets))])];
}
