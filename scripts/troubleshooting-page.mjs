// docs/troubleshooting.md: whatever the relay, the doctor or the opportunity says, word for word, and what mends it.

const kinds = {
  transient: { what: "The relay tries again by itself.", commands: ["cosell status", "cosell doctor"] },
  throttled: { what: "The relay waits as long as it was told, then goes on.", commands: ["cosell status"] },
  conflict: { what: "The relay reads both sides again and decides anew.", commands: ["cosell explain <id>"] },
  rejected: {
    what: "The opportunity is given up until its cause is mended; the seller reads why.",
    commands: ["cosell explain <id>", "cosell retry --reason {code}"],
  },
  unauthorized: {
    what: "Work waits and goes on by itself once the sign-in or the permission is mended.",
    commands: ["cosell doctor"],
  },
  bug: {
    what: "A mistake of the relay; the opportunity is given up.",
    commands: ["cosell diagnostics --output bundle.json"],
  },
};

/** Codes of the whole relay, which say for themselves what happens: no opportunity is given up for them. */
const ofTheRelay = { "CS-1303": { what: "", commands: ["cosell mapping check"] } };

/** The page, made of the error codes, the doctor's findings and the messages that sellers read. */
export function troubleshootingPage({ errorCodes, findings, messages }) {
  return [
    "# Troubleshooting",
    "",
    "<!-- Made by npm run generate from sync-relay/src/core/errors.ts, sync-relay/src/core/text/messages.ts and the",
    "finding texts in sync-relay/src/operate/doctor. -->",
    "",
    "Start with `cosell doctor`: it looks at everything and names what mends it. For one deal, `cosell explain` says what",
    "both sides hold, what was decided and why. Search this page for the words or the code that you see.",
    "",
    "- [What the doctor finds](#what-the-doctor-finds)",
    "- [Error codes](#error-codes)",
    "- [What sellers read on an opportunity](#what-sellers-read-on-an-opportunity)",
    "",
    "## What the doctor finds",
    "",
    "`✗`: the sync does not work, or will not for long. `!`: somebody should look at it. `<…>` stands for what was found.",
    "",
    "| | what it says | what mends it |",
    "| --- | --- | --- |",
    ...Object.values(findings).map(
      ({ severity, what, mend }) => `| ${severity === "bad" ? "✗" : "!"} | ${placed(what.en)} | ${mendCell(mend)} |`,
    ),
    "",
    "## Error codes",
    "",
    "They stand in the log, in `/readyz`, in dead letters and in what commands say.",
    ...Object.entries(errorCodes).flatMap(([code, entry]) => codeSection(code, entry)),
    "",
    "## What sellers read on an opportunity",
    "",
    "In the sync message of the co-sell section. The seller mends most of it by correcting the opportunity and saving it.",
    "",
    "| English | French |",
    "| --- | --- |",
    ...Object.values(messages).map(({ en, fr }) => `| ${placed(en)} | ${placed(fr)} |`),
    "",
  ].join("\n");
}

function codeSection(code, { kind, meaning, action }) {
  const { what, commands } = ofTheRelay[code] ?? kinds[kind];
  return [
    "",
    `### ${code}`,
    "",
    `**${meaning}**`,
    "",
    `${what} ${action}`.trim(),
    "",
    "```",
    ...commands.map((command) => command.replace("{code}", code)),
    "```",
  ];
}

function mendCell(mend) {
  return "command" in mend ? `\`${mend.command.replaceAll(/\{(\w+)\}/g, "<$1>")}\`` : placed(mend.deed.en);
}

/** What stands in angle brackets is text here, not a tag. */
function placed(text) {
  return text
    .replaceAll("<", "\\<")
    .replaceAll(/\{(\w+)\}/g, "`<$1>`")
    .replaceAll("|", "\\|");
}
