/** A text web resource (resx) of these texts, as the platform reads it. */
export function textWebResource(texts) {
  const entries = Object.entries(texts).flatMap(([key, text]) => [
    `  <data name="${key}" xml:space="preserve">`,
    `    <value>${escaped(text)}</value>`,
    "  </data>",
  ]);
  const headers = Object.entries(HEADERS).flatMap(([name, value]) => [
    `  <resheader name="${name}">`,
    `    <value>${value}</value>`,
    "  </resheader>",
  ]);
  return ['<?xml version="1.0" encoding="utf-8"?>', "<root>", ...headers, ...entries, "</root>", ""].join("\n");
}

const ASSEMBLY = "System.Windows.Forms, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089";
const HEADERS = {
  resmimetype: "text/microsoft-resx",
  version: "2.0",
  reader: `System.Resources.ResXResourceReader, ${ASSEMBLY}`,
  writer: `System.Resources.ResXResourceWriter, ${ASSEMBLY}`,
};

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
