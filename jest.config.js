// ESM-only packages that the relay requires at run time; Jest must transpile them for its CommonJS registry.
const esmPackages = [
  "@marcbachmann/cel-js",
  "@noble",
  "@peculiar",
  "asn1js",
  "bytestreamjs",
  "pg-boss",
  "pkijs",
  "rrule-temporal",
  "serialize-error",
  "non-error",
];

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  transform: {
    "^.+\\.(ts|js|mjs)$": [
      "@swc/jest",
      {
        jsc: { parser: { syntax: "typescript" }, target: "es2022" },
        module: { type: "commonjs" },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmPackages.join("|")})/)`],
  testTimeout: 30_000,
};
