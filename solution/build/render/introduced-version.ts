/**
 * The version of the solution that every component first came with. It stays when the version goes up; a component that is
 * added later gets a constant of its own here.
 */
export const INTRODUCED_VERSION = "0.1.0.0";
