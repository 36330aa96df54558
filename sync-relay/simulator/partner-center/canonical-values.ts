// What a server may do to values before it stores them. A client that compares what it sent with what it reads back has
// to cope with any of these.

import { atPath, withPath, type Json, type JsonObject } from "../../src/core/json";
import type { Canonicalisation } from "./partner-center-settings";

interface Rule {
  readonly path: string;
  change(value: Json): Json;
}

const onText = (change: (text: string) => string) => (value: Json) =>
  typeof value === "string" ? change(value) : value;

const RULES: { readonly [name in Canonicalisation]: Rule } = {
  "trimmed-notes": { path: "details.notes", change: onText((text) => text.trim()) },
  "line-feeds": { path: "details.notes", change: onText((text) => text.replaceAll("\r\n", "\n")) },
  "whole-seconds": { path: "details.closingDateTime", change: onText(wholeSeconds) },
  "two-decimals": {
    path: "details.dealValue",
    change: (value) => (typeof value === "number" ? Math.round(value * 100) / 100 : value),
  },
  "upper-case-currency": { path: "details.currency", change: onText((text) => text.toUpperCase()) },
};

export function canonicalised<T extends JsonObject>(content: T, names: readonly Canonicalisation[]): T {
  return names.reduce((current, name) => apply(current, RULES[name]), content);
}

function apply<T extends JsonObject>(content: T, rule: Rule): T {
  const value = atPath(content, rule.path);
  if (value === undefined) return content;
  return { ...content, ...withPath(content, rule.path, rule.change(value)) };
}

function wholeSeconds(date: string): string {
  const ms = Date.parse(date);
  return Number.isNaN(ms) ? date : new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}
