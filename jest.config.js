// ESM-only packages that the relay requires at run time; Jest must transpile them for its CommonJS registry.
const esmPackages = [
  "@clack",
  "@marcbachmann/cel-js",
  "@noble",
  "@peculiar",
  "asn1js",
  "bytestreamjs",
  "fast-string-truncated-width",
  "fast-string-width",
  "fast-wrap-ansi",
  "pg-boss",
  "pkijs",
  "rrule-temporal",
  "serialize-error",
  "non-error",
  "sisteransi",
];

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts", "**/*.test.tsx"],
  // Packages for the browser would otherwise be taken in their module form, which Jest's registry does not run.
  testEnvironmentOptions: { customExportConditions: ["node", "require", "default"] },
  moduleNameMapper: { "^@fluentui/fluent2-theme/lib/(.*)$": "@fluentui/fluent2-theme/lib-commonjs/$1" },
  transform: {
    "^.+\\.tsx$": [
      "@swc/jest",
      {
        jsc: {
          parser: { syntax: "typescript", tsx: true },
          target: "es2022",
          transform: { react: { runtime: "classic" } },
        },
        module: { type: "commonjs" },
      },
    ],
    "^.+\\.(ts|js|mjs)$": [
      "@swc/jest",
      {
        jsc: { parser: { syntax: "typescript" }, target: "es2022" },
        module: { type: "commonjs" },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmPackages.join("|")})/)`],
  // Many tests wait for a process, a database or a browser: every core has one more to work on meanwhile.
  maxWorkers: "100%",
  testTimeout: 30_000,
};
