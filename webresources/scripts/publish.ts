// Dataverse finds a function of a web resource by its global name. All scripts of the product share one global name,
// `CoSell`, and add their functions to it in whatever order the platform loads them.

declare global {
  interface Window {
    CoSell?: Readonly<Record<string, unknown>>;
  }
}

/** Makes functions callable as `CoSell.<name>`. */
export function publish(functions: Readonly<Record<string, unknown>>): void {
  window.CoSell = { ...window.CoSell, ...functions };
}
