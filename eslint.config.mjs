import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";
import { checker } from "./scripts/checker.config.mjs";

// Size and shape rules of the house style (CONTRIBUTING.md); the numbers are limits, not aims.
const houseStyle = {
  "max-lines": ["error", { max: 400, skipBlankLines: false, skipComments: false }],
  "max-lines-per-function": ["error", { max: 60, skipComments: true }],
  "max-params": ["error", 3],
  complexity: ["error", 10],
  "no-console": "error",
  "no-nested-ternary": "error",
  "no-warning-comments": "error",
  eqeqeq: "error",
  "@typescript-eslint/consistent-type-imports": "error",
  "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
  "@typescript-eslint/no-non-null-assertion": "error",
  "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
  "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
  "no-restricted-syntax": [
    "error",
    { selector: "ExportDefaultDeclaration", message: "Use a named export." },
    { selector: "TSEnumDeclaration", message: "Use an `as const` object." },
  ],
};

export default tseslint.config(
  {
    ignores: [
      ...["dist/", "node_modules/", "pcf-control/out/", "**/generated/", "test-output/", "*.js", "**/*.mjs"],
      // Unpacked solutions, made by `npm run build:solution`.
      ...["solution/src/", "solution/add-ons/"],
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  { rules: houseStyle },
  {
    files: ["sync-relay/src/core/**/*.ts", "sync-relay/src/pipeline/**/*.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "Time comes in as an argument." },
        { object: "Math", property: "random", message: "Randomness comes in as an argument." },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "Time comes in as an argument." },
        { selector: "ExportDefaultDeclaration", message: "Use a named export." },
        { selector: "TSEnumDeclaration", message: "Use an `as const` object." },
      ],
    },
  },
  { files: ["pcf-control/**/*.{ts,tsx}", "webresources/**/*.ts"], ...checker },
  {
    files: ["pcf-control/**/*.{ts,tsx}"],
    plugins: { "react-hooks": reactHooks },
    rules: { "react-hooks/rules-of-hooks": "error", "react-hooks/exhaustive-deps": "error" },
  },
  {
    files: ["test/**/*.{ts,tsx}"],
    rules: {
      "max-lines-per-function": "off",
      complexity: "off",
      "max-params": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/require-await": "off",
      "no-restricted-imports": [
        "error",
        { name: "fast-check", message: "Take it from test/support/properties, which sets the seed." },
      ],
    },
  },
  { files: ["test/support/properties.ts"], rules: { "no-restricted-imports": "off" } },
);
