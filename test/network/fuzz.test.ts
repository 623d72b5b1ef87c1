/** Whatever comes in: a file that is wrong is refused with a NetworkError, and one that isn't loads. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkNetwork, loadNetwork, networkGraph } from "../../src/index.js";
import { city, codes, errorsOf, expectSound, sample, stateErrorsOf, type Loose } from "./samples.js";

const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
  stringUnit: "binary",
});

/** Values that are nearly right, so that a change of a good file isn't always found at the first look. */
const nearly = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, 1, -1, 1e300, Number.MAX_SAFE_INTEGER, 5e-324),
  fc.constantFrom("north", "east", "k1", "a", "plant", "catchment", "gate", "pump", "m3/d", "__proto__", "constructor"),
  fc.constantFrom<unknown>(undefined, null, [], {}, Symbol("s"), () => "a\nfunction", new Date(0), /x/),
  fc.string({ unit: "binary" }),
);

type Place = (number | string)[];

/** Every place in a tree: its keys and indices from the root. */
function places(value: unknown, at: Place = []): Place[] {
  if (typeof value !== "object" || value === null) return [at];
  const isList = Array.isArray(value);
  return [
    ...(at.length > 0 ? [at] : []),
    ...Object.entries(value).flatMap(([key, child]) => places(child, [...at, isList ? Number(key) : key])),
  ];
}

const KEYS = [
  "",
  "id",
  "kind",
  "capacity",
  "inflow",
  "weight",
  "__proto__",
  "constructor",
  "x\u001b[31m",
  "reverseCapacity",
];

/** A good file with up to four things changed: a value, a key too many, an element gone or twice over. */
function mutated(make: () => Loose): fc.Arbitrary<Loose> {
  const mutation = fc.record({
    place: fc.nat(),
    how: fc.constantFrom("replace", "replace", "remove", "add", "repeat"),
    key: fc.oneof(fc.constantFrom(...KEYS), fc.string()),
    value: fc.oneof(nearly, anything),
  });
  return fc.array(mutation, { minLength: 1, maxLength: 4 }).map((mutations) => {
    const file = make();
    for (const { place, how, key, value } of mutations) {
      const all = places(file);
      const where = all[place % all.length]!;
      const last = where.at(-1);
      if (last === undefined) continue;
      let parent: unknown = file;
      for (const step of where.slice(0, -1)) parent = (parent as Loose)[step];
      const here = parent as Loose;
      if (how === "remove") Reflect.deleteProperty(here, last);
      else if (how === "replace") define(here, String(last), value);
      else if (how === "add") define(Array.isArray(here) ? file : here, key, value);
      else if (Array.isArray(here)) here.push(here[Number(last)]);
    }
    return file;
  });
}

/** Also where the key is `__proto__`, as JSON.parse does it; what can't be changed stays. */
function define(owner: Loose, key: string, value: unknown): void {
  Reflect.defineProperty(owner, key, { value, enumerable: true, configurable: true, writable: true });
}

function expectLoads(input: unknown): void {
  const network = loadNetwork(input);
  expect(Object.isFrozen(network)).toBe(true);
  expect(networkGraph(network).order).toBe(network.nodes.length);
  expect(errorsOf(network)).toEqual([]);
}

test("any value at all", () => {
  fc.assert(
    fc.property(anything, (input) => {
      // No value that fast-check comes up with by chance is a network; text is read as JSON.
      expect(errorsOf(input).length).toBeGreaterThan(0);
    }),
    { numRuns: 1000 },
  );
});

test("any JSON text", () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string({ unit: "binary" })), (text) => {
      expect(errorsOf(text).length).toBeGreaterThan(0);
    }),
    { numRuns: 1000 },
  );
});

test("a good file with a few things changed", () => {
  let bad = 0;
  let good = 0;
  fc.assert(
    fc.property(mutated(sample), (file) => {
      expectSound(checkNetwork(file));
      if (errorsOf(file).length > 0) bad += 1;
      else {
        good += 1;
        expectLoads(file);
      }
    }),
    { numRuns: 2000 },
  );
  // Both sides of the law are met.
  expect(bad).toBeGreaterThan(500);
  expect(good).toBeGreaterThan(20);
});

test("a file whose parts are anything", () => {
  const file = fc.record({
    units: fc.oneof(fc.constant({ flow: "m3/s" }), anything),
    nodes: fc.oneof(fc.array(anything, { maxLength: 4 }), anything),
    links: fc.oneof(fc.array(anything, { maxLength: 4 }), anything),
  });
  fc.assert(
    fc.property(file, (input) => {
      expect(errorsOf(input).length).toBeGreaterThan(0);
    }),
    { numRuns: 1000 },
  );
});

const state = (): Loose => ({
  inflows: { north: 0.4 },
  availability: { east: 0.5, a: 0 },
  out: ["west", "e"],
  volumes: { tank: 5000 },
  setPoints: { b: 0.1, c: -0.1 },
});

test("a good state with a few things changed", () => {
  const network = city();
  let bad = 0;
  fc.assert(
    fc.property(mutated(state), (input) => {
      if (stateErrorsOf(network, input).length > 0) bad += 1;
    }),
    { numRuns: 2000 },
  );
  expect(bad).toBeGreaterThan(500);
});

test("any value as a state", () => {
  const network = city();
  fc.assert(
    fc.property(fc.oneof(anything, fc.json(), fc.string({ unit: "binary" })), (input) => {
      const errors = stateErrorsOf(network, input);
      // Of all values only an object without keys is a state that says nothing.
      const data: unknown = typeof input === "string" && errors.length === 0 ? JSON.parse(input) : input;
      if (data instanceof Uint8Array) expect(codes(errors)).toHaveLength(1);
      else expect(errors.length === 0).toBe(typeof data === "object" && data !== null && isEmptyRecord(data));
    }),
    { numRuns: 1000 },
  );
});

/** No list, and nothing that would be one of its own keys. */
function isEmptyRecord(data: object): boolean {
  return !Array.isArray(data) && Object.keys(data).length === 0;
}
