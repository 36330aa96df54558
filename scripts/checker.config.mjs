// What Dataverse's solution checker asks of scripts that run in its pages, as an ESLint configuration: Microsoft's own
// rules, and core rules for those of the server's rules that Microsoft's plug-in lacks.

import powerApps from "@microsoft/eslint-plugin-power-apps";

/** Plug-in and rules, for any file that runs in a page of Dataverse. */
export const checker = {
  plugins: { "@microsoft/power-apps": powerApps },
  rules: {
    ...Object.fromEntries(Object.keys(powerApps.configs.paCheckerHosted.rules).map((rule) => [rule, "error"])),
    "@microsoft/power-apps/avoid-loadtheme": "error",
    "@microsoft/power-apps/avoid-ui-refreshribbon": "error",
    eqeqeq: "error",
    "no-alert": "error",
    "no-console": "error",
    "no-debugger": "error",
    "no-eval": "error",
    "no-implied-eval": "error",
    "no-new-func": "error",
    "no-with": "error",
  },
};

/** For built scripts, which may use no syntax above ES2018. */
export default [
  {
    files: ["**/*.js"],
    languageOptions: { ecmaVersion: 2018, sourceType: "script" },
    linterOptions: { noInlineConfig: true },
    ...checker,
  },
];
