/** Runs tests with one change switched on at a time, as the process that started it asks. */
import { createRequire } from "node:module";
import { join } from "node:path";
import type fc from "fast-check";
import { Modules } from "./modules.js";
import { switched } from "./mutants.js";
import type { TestFile } from "./test-face.js";

export interface Start {
  readonly root: string;
  /** Sources to change, and the id of the first change in each. */
  readonly mutate: Readonly<Record<string, number>>;
  /** Where given, tells what each test of these files reaches. */
  readonly cover?: readonly string[];
}

/** What one test reaches. */
export interface Reach {
  readonly file: string;
  readonly index: number;
  readonly name: string;
  readonly ms: number;
  readonly rounds: number;
  readonly reached: readonly number[];
  readonly fault?: string;
}

export interface Task {
  readonly id: number;
  readonly tests: readonly Pick<Reach, "file" | "index" | "rounds">[];
}

export interface Outcome {
  readonly id: number;
  readonly status: "killed" | "timed out" | "survived";
  /** Place in the task's list of the test that failed. */
  readonly by?: number;
  readonly why?: string;
}

interface Switches {
  /** The change that is on. */
  __m: number;
  __c: (id: number) => boolean;
  __tick: () => void;
}

/** How many rounds of loops a test may take, beside those that it takes without a change. */
const ROUNDS = { times: 10, more: 1e6 };

const switches = globalThis as unknown as Switches;
let rounds = 0;
let most = Infinity;
let reached = new Set<number>();
switches.__m = -1;
switches.__c = (id) => {
  reached.add(id);
  return false;
};
switches.__tick = () => {
  if (++rounds > most) throw new Error("a loop doesn't end");
};

// The one that the tests get.
const { default: laws } = createRequire(import.meta.url)("fast-check") as { default: typeof fc };
// The first counterexample is as good as the smallest.
laws.configureGlobal({ seed: 20_190_182, endOnFailure: true });

function modulesOf({ root, mutate, cover }: Start): Modules {
  const on = (id: number) => (cover === undefined ? `(__m===${id})` : `__c(${id})`);
  const firsts = new Map(Object.entries(mutate).map(([file, first]) => [join(root, file), first]));
  const sources = join(root, "src/");
  return new Modules((path, text) => {
    const first = firsts.get(path);
    if (first !== undefined) return switched(path, text, on, first).code;
    return path.startsWith(sources) ? switched(path, text).code : text;
  });
}

const textOf = (error: unknown) => String(error instanceof Error ? error.message : error).slice(0, 300);

async function runTest(file: TestFile, index: number): Promise<void> {
  for (const before of file.before.splice(0)) await before();
  try {
    await file.tests[index]?.run();
  } finally {
    for (const after of file.afterEach) await after();
  }
}

async function cover(modules: Modules, root: string, path: string): Promise<Reach[]> {
  modules.forget();
  reached = new Set();
  const file = modules.tests(join(root, path));
  await Promise.all(file.pending);
  const always = reached;
  const found: Reach[] = [];
  for (const [index, { name }] of file.tests.entries()) {
    reached = new Set(always);
    rounds = 0;
    const start = performance.now();
    let fault: string | undefined;
    try {
      await runTest(file, index);
    } catch (error) {
      fault = textOf(error);
    }
    const ms = performance.now() - start;
    found.push({ file: path, index, name, ms, rounds, reached: [...reached], ...(fault !== undefined && { fault }) });
  }
  return found;
}

async function attempt(modules: Modules, root: string, { id, tests }: Task): Promise<Outcome> {
  modules.forget();
  switches.__m = id;
  const files = new Map<string, TestFile>();
  for (const [by, { file: path, index, rounds: usual }] of tests.entries()) {
    rounds = 0;
    most = usual * ROUNDS.times + ROUNDS.more;
    let why: string | undefined;
    try {
      const file = files.get(path) ?? modules.tests(join(root, path));
      files.set(path, file);
      await Promise.all(file.pending);
      await runTest(file, index);
    } catch (error) {
      why = textOf(error);
    }
    if (rounds > most) return { id, status: "timed out", by };
    if (why !== undefined) return { id, status: "killed", by, why };
  }
  return { id, status: "survived" };
}

const send = (message: unknown) => process.send?.(message);
let root: string;
let modules: Modules;

async function answer(message: Start | Task): Promise<void> {
  if ("root" in message) {
    root = message.root;
    modules = modulesOf(message);
    for (const path of message.cover ?? []) send(await cover(modules, root, path));
    send("ready");
  } else send(await attempt(modules, root, message));
}

process.on("message", (message: Start | Task) => void answer(message));
