/** Definitions with one fault each, by what is at fault. */
import type { Broken } from "./broken.ts";
import { errors } from "./errors.ts";
import { expressions } from "./expressions.ts";
import { languages } from "./languages.ts";
import { loops } from "./loops.ts";
import { maps } from "./maps.ts";
import { numbers } from "./numbers.ts";
import { resources } from "./resources.ts";
import { shape } from "./shape.ts";
import { sizes } from "./sizes.ts";
import { twice } from "./twice.ts";
import { variables } from "./variables.ts";
import { waiting } from "./waiting.ts";
import { ways } from "./ways.ts";

export const broken: readonly Broken[] = [
  ...shape,
  ...languages,
  ...twice,
  ...ways,
  ...loops,
  ...numbers,
  ...maps,
  ...resources,
  ...waiting,
  ...errors,
  ...expressions,
  ...variables,
  ...sizes,
];
