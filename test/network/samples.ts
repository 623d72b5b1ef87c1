/** Small files that the tests of this folder start from, and what they ask of every issue. */
import { expect } from "vitest";
import {
  checkNetwork,
  issueText,
  loadNetwork,
  loadState,
  NetworkError,
  type Issue,
  type Network,
} from "../../src/index.js";

/** A JSON object that a test is free to spoil. */
export type Loose = Record<string, unknown>;

export interface LooseFile extends Loose {
  nodes: Loose[];
  links: Loose[];
}

/** One element of every kind, every key given, nothing odd: two plants joined by a gate, a storage, an overflow. */
export function sample(): LooseFile {
  return {
    $schema: "https://example.org/network.schema.json",
    name: { en: "Two plants", zh: "两厂" },
    description: "A sample",
    units: { flow: "m3/s" },
    energyPrice: 0.8,
    nodes: [
      { id: "north", kind: "catchment", inflow: 0.35, at: [113.9, 35.3], name: "North", bod: 180, population: 120000 },
      { id: "k1", kind: "junction", at: [0, 0] },
      { id: "tank", kind: "storage", volume: { min: 0, max: 5000, initial: 800 } },
      { id: "east", kind: "plant", capacity: 1.74, minFlow: 0.5, treatmentCost: 0.9, weight: 1, availability: 1 },
      { id: "west", kind: "plant", capacity: 0.9 },
      { id: "cso", kind: "outfall", weight: 10, capacity: 3 },
    ],
    links: [
      { id: "a", kind: "conduit", from: "north", to: "k1", capacity: 0.8, target: 0.6, travelTime: 900, weight: 2 },
      { id: "b", kind: "pump", from: "k1", to: "tank", capacity: 0.5, energy: 0.06 },
      { id: "c", kind: "gate", from: "tank", to: "west", capacity: 0.4, reverseCapacity: 0.1 },
      { id: "d", kind: "conduit", from: "k1", to: "east", capacity: 0.6 },
      { id: "e", kind: "conduit", from: "k1", to: "cso", capacity: 2 },
    ],
  };
}

/** The sample with one place changed: `where` as in an issue's path, `undefined` takes the key out. */
export function spoilt(where: string, value: unknown): LooseFile {
  const file = sample();
  const keys = where.split(/[.[\]]+/).filter((key) => key !== "");
  const last = keys.pop()!;
  let here: Loose = file;
  for (const key of keys) here = here[key] as Loose;
  if (value === undefined) Reflect.deleteProperty(here, last);
  else Object.defineProperty(here, last, { value, enumerable: true, configurable: true, writable: true });
  return file;
}

export const city = (): Network => loadNetwork(sample());

/** What breaks a line, drives a terminal, or turns text around. */
export const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}]/u;

/** What holds of every issue. A path is empty only where the input as a whole is meant. */
export function expectSound(issues: readonly Issue[]): void {
  for (const issue of issues) {
    const { code, severity, path, message, hint } = issue;
    expect(code).toMatch(/^[a-z-]+$/);
    expect(["error", "warning"]).toContain(severity);
    expect(message).not.toMatch(UNSAFE);
    expect(path).not.toMatch(UNSAFE);
    expect(message.length).toBeLessThan(1000);
    expect(message).toMatch(/[.?]$/);
    if (hint !== undefined) expect(message.endsWith(hint)).toBe(true);
    if (path === "") expect(message).toMatch(/^the (input|file) /);
    else expect(path).toMatch(/^(\[|[A-Za-z_$])/);
    expectChinese(issue);
  }
}

/** Long texts are cut, with their closing quote. */
const QUOTED = /"(?:[^"\\…]|\\.?){30,60}…|"(?:[^"\\]|\\.)*"/g;
const HAN = /\p{Script=Han}/u;

/** Names in quotes and figures, in any order. */
const named = (text: string) =>
  [...(text.match(QUOTED) ?? []), ...(text.replace(QUOTED, "").match(/\d+/g) ?? [])].sort();

/** The issue says the same in Chinese: no English is left, and all names, places and figures are there. It needs no more than its data for it. */
export function expectChinese(issue: Issue): void {
  const chinese = issueText(JSON.parse(JSON.stringify(issue)) as Issue, "zh");
  expect(issueText(issue, "en")).toBe(issue.message);
  expect(chinese).toMatch(/[。？]$/);
  expect(chinese).not.toMatch(UNSAFE);
  const bare = chinese.replace(QUOTED, "");
  expect(bare).toMatch(HAN);
  expect(bare).not.toMatch(/[a-z]{2,} [a-z]{2,}/i);
  expect(named(chinese)).toEqual(named(issue.message));
}

/**
 * The errors of a file, once `checkNetwork` and `loadNetwork` have been seen to agree on them: nothing but a NetworkError
 * is thrown, and it holds every error.
 */
export function errorsOf(input: unknown): Issue[] {
  const errors = checkNetwork(input).filter((issue) => issue.severity === "error");
  expectSound(errors);
  const thrown = caught(() => loadNetwork(input));
  if (errors.length === 0) expect(thrown).toBeUndefined();
  else {
    expect(thrown).toBeInstanceOf(NetworkError);
    expect((thrown as NetworkError).issues).toEqual(errors);
  }
  return errors;
}

/** The errors of a state for a network; none where it loads. */
export function stateErrorsOf(network: Network, input: unknown): Issue[] {
  const thrown = caught(() => loadState(network, input));
  if (thrown === undefined) return [];
  expect(thrown).toBeInstanceOf(NetworkError);
  const issues = [...(thrown as NetworkError).issues];
  expectSound(issues);
  expect(issues.every((issue) => issue.severity === "error")).toBe(true);
  return issues;
}

export function caught(act: () => unknown): unknown {
  try {
    act();
  } catch (reason) {
    return reason;
  }
  return undefined;
}

export const messages = (issues: readonly Issue[]) => issues.map((issue) => issue.message);
export const paths = (issues: readonly Issue[]) => issues.map((issue) => issue.path);
export const codes = (issues: readonly Issue[]) => issues.map((issue) => issue.code);
