// Typed linting for everything that is TypeScript; the direction of imports is dependency-cruiser's (.dependency-cruiser.cjs).
import { existsSync } from "node:fs";
import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/** Projects of their own, which can only be read where their packages are installed. */
const apart = ["tests/integration/pack/project", "tests/performance"].filter(
  (folder) => !existsSync(`${folder}/node_modules`),
);

export default defineConfig(
  globalIgnores(["node_modules", "dist", ".cache", ".lakehouse", ".venv", "**/*.mjs", "**/*.cjs", ...apart]),
  {
    files: ["**/*.ts"],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Numbers read well in messages; everything else in a template must be a string.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // Type aliases and interfaces are both used on purpose: interfaces for shapes, types for unions.
      "@typescript-eslint/consistent-type-definitions": "off",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true, argsIgnorePattern: "^_" }],
    },
  },
  {
    files: ["tests/**/*.ts"],
    rules: {
      // Chai's assertions are property reads: expect(x).to.be.true.
      "@typescript-eslint/no-unused-expressions": "off",
    },
  },
);
