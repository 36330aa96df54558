// Serves the host page and what the platform would load beside a control: the built control, React, Fluent.

import { build } from "esbuild";
import { createServer, type ServerResponse } from "node:http";
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { dirname, extname, join, normalize } from "node:path";

/** React versions that the platform loads: the one that the manifest names, and the one that model-driven apps use. */
export const reactVersions = ["16.14.0", "17.0.2"] as const;

export type ReactVersion = (typeof reactVersions)[number];

/** A served host page. */
export interface ControlHostServer {
  readonly url: (react: ReactVersion) => string;
  readonly close: () => Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".resx": "application/xml",
  ".xml": "application/xml",
};

/** Serves the control that lies built in a folder. */
export async function serveControlHost(controlFolder: string): Promise<ControlHostServer> {
  const hostScript = await bundledHost();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://host");
    answer(pathname).then(
      (body) => send(response, pathname, body),
      () => response.writeHead(404).end(),
    );
  });

  function answer(path: string): Promise<string | Buffer> | Promise<string> {
    const [, first = "", ...rest] = normalize(path).split("/");
    if (first === "form") return Promise.resolve(page(rest[0] ?? ""));
    if (first === "host.js") return Promise.resolve(hostScript);
    if (first === "control") return readFile(join(controlFolder, ...rest));
    return readFile(libraryFile(first, rest[0] ?? ""));
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (react) => `http://127.0.0.1:${port}/form/${react}.html`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, path: string, body: string | Buffer): void {
  response.writeHead(200, { "content-type": types[extname(path)] ?? "text/plain" }).end(body);
}

/** The names under which bundles of pcf-scripts look for the platform's libraries. */
const platformGlobals = `
  window.Reactv16 = window.React;
  window.FluentUIReactv81211 = window.FluentUIReactv8290 = window.FluentUIReact;
`;

/** The form. Fluent is told to fetch no fonts: the platform has its own. */
function page(file: string): string {
  const react = file.replace(/\.html$/, "");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Opportunity</title>
<style>body { margin: 0; font-family: "Segoe UI", sans-serif } #section { padding: 16px; box-sizing: border-box }</style>
<script>window.FabricConfig = { fontBaseUrl: "" };</script><script src="/react/${react}.js"></script><script src="/react-dom/${react}.js"></script><script src="/fluent/fluent.js"></script>
<script>${platformGlobals}</script><script src="/host.js" defer></script></head>
<body><main><h1 style="font-size: 16px; margin: 16px 16px 0">Opportunity</h1><div id="section"></div></main></body></html>`;
}

function libraryFile(library: string, file: string): string {
  const suffix = file.startsWith("17.") ? "-17" : "";
  if (library === "react") return join(packageFolder(`react${suffix}`), "umd/react.production.min.js");
  if (library === "react-dom") return join(packageFolder(`react-dom${suffix}`), "umd/react-dom.production.min.js");
  if (library === "fluent") return join(packageFolder("@fluentui/react"), "dist/fluentui-react.umd.js");
  throw new Error(`The host has no ${library}.`);
}

function packageFolder(name: string): string {
  return dirname(require.resolve(`${name}/package.json`));
}

async function bundledHost(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, "host/host-page.ts")],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2020",
  });
  return outputFiles[0]?.text ?? "";
}
