/** What tests take from vitest, without its runner: lists of tests to call, one at a time. */
import { createRequire } from "node:module";
import { format } from "node:util";

export interface Test {
  readonly name: string;
  readonly run: () => unknown;
}

export interface TestFile {
  readonly tests: Test[];
  readonly before: (() => unknown)[];
  readonly afterEach: (() => unknown)[];
  /** What must have come before the list is whole. */
  readonly pending: unknown[];
}

// Parts of vitest, and no packages of ours: found from where vitest is.
const require = createRequire(createRequire(import.meta.url).resolve("vitest/package.json"));
const fromExpect = createRequire(require.resolve("@vitest/expect"));
const chai = fromExpect("chai") as { expect: unknown; use: (plugin: unknown) => void };
const parts = require("@vitest/expect") as Record<string, unknown>;
const spies = require("@vitest/spy") as { spyOn: unknown; fn: unknown; restoreAllMocks: () => void };
chai.use(parts.JestExtend);
chai.use(parts.JestChaiExpect);
chai.use(parts.JestAsymmetricMatchers);

type Body = (...args: unknown[]) => unknown;

/** Titles need not be pretty: a place in the list tells tests apart. */
const title = (name: string, row: readonly unknown[]) => format(name, ...row);

export function vitestFor(): { face: unknown; file: TestFile } {
  const file: TestFile = { tests: [], before: [], afterEach: [], pending: [] };
  const around: string[] = [];
  const body = (rest: readonly unknown[]) => rest.find((one): one is Body => typeof one === "function") ?? (() => 0);

  const test = (name: string, ...rest: unknown[]) => {
    const run = body(rest);
    file.tests.push({ name: [...around, name].join(" > "), run: () => run() });
  };
  const describe = (name: string, ...rest: unknown[]) => {
    around.push(name);
    file.pending.push(body(rest)());
    around.pop();
  };
  const each =
    (one: (name: string, run: () => unknown) => void) =>
    (rows: readonly unknown[]) =>
    (name: string, ...rest: unknown[]) => {
      const run = body(rest);
      const areLists = rows.every((row): row is unknown[] => Array.isArray(row));
      for (const row of areLists ? rows : rows.map((value) => [value])) one(title(name, row), () => run(...row));
    };
  const none = () => undefined;
  const full = <F extends typeof test>(one: F) =>
    Object.assign(one, {
      each: each(one),
      skip: none,
      skipIf: (isOff: boolean) => (isOff ? none : one),
      runIf: (isOn: boolean) => (isOn ? one : none),
    });

  const globals = new Map<string, PropertyDescriptor | undefined>();
  const vi = {
    spyOn: spies.spyOn,
    fn: spies.fn,
    restoreAllMocks: spies.restoreAllMocks,
    stubGlobal: (name: string, value: unknown) => {
      if (!globals.has(name)) globals.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    },
    unstubAllGlobals: () => {
      for (const [name, was] of globals) {
        if (was === undefined) Reflect.deleteProperty(globalThis, name);
        else Object.defineProperty(globalThis, name, was);
      }
      globals.clear();
    },
  };
  const face = {
    test: full(test),
    it: full(test),
    describe: full(describe),
    expect: chai.expect,
    vi,
    beforeAll: (run: () => unknown) => file.before.push(run),
    afterEach: (run: () => unknown) => file.afterEach.push(run),
  };
  return { face, file };
}
