/**
 * Mutation tester: changes the sources of a room a little, one change at a time, and tells which changes no test notices.
 *
 *     npm run mutation -- [ROOM…] [--every K] [--again] [--tests NAME,…] [--seconds S] [--results FOLDER] [--workers N]
 */
import { fork, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { switched, type Mutant } from "./mutants.js";
import { ROOMS, type Room } from "./rooms.js";
import type { Outcome, Reach, Start, Task } from "./worker.js";

/** A worker that says nothing for so long is given up, ms: for loops that no source of ours turns. */
const PATIENCE = 60_000;
const ROOT = resolve(import.meta.dirname, "../..");

class Worker {
  private child: ChildProcess | undefined;
  /** What has come and wasn't asked for yet: several messages may come at once. */
  private come: unknown[] = [];

  constructor(private readonly start: Start) {}

  /** Starts anew. @returns what each test reaches, if asked */
  async open(): Promise<Reach[]> {
    this.child = fork(join(import.meta.dirname, "worker.ts"), { execArgv: ["--import", "tsx"] });
    this.come = [];
    const { come } = this;
    this.child.on("message", (message) => come.push(message));
    const found: Reach[] = [];
    this.child.send(this.start);
    for (;;) {
      const message = await this.next(10 * PATIENCE);
      if (message === undefined) throw new Error("the tests don't end");
      if (message === "ready") return found;
      found.push(...(message as Reach[]));
    }
  }

  async attempt(task: Task): Promise<Outcome> {
    if (this.child === undefined) await this.open();
    this.child?.send(task);
    const outcome = await this.next(PATIENCE);
    if (outcome !== undefined) return outcome as Outcome;
    this.close();
    return { id: task.id, status: "timed out" };
  }

  close(): void {
    this.child?.kill("SIGKILL");
    this.child = undefined;
  }

  /** The next message; undefined where none comes in time. */
  private next(patience: number): Promise<unknown> {
    const { child, come } = this;
    if (come.length > 0) return Promise.resolve(come.shift());
    return new Promise((done) => {
      const end = () => {
        clearTimeout(timer);
        child?.off("message", end);
        child?.off("exit", end);
        done(come.shift());
      };
      const timer = setTimeout(end, patience);
      child?.once("message", end);
      child?.once("exit", end);
    });
  }
}

/** A change as it is written down. */
interface Line extends Omit<Mutant, "id"> {
  readonly status: Outcome["status"] | "not reached";
  readonly by?: string;
  readonly why?: string;
}

const keyOf = ({ file, text, nth, was, now }: Omit<Mutant, "id">) => JSON.stringify([file, text, nth, was, now]);

interface Options {
  readonly every: number;
  readonly workers: number;
  /** What survived before is tried again. */
  readonly again: boolean;
  /** A change is tried with tests that take so long together without it, the quickest first. */
  readonly seconds: number;
  readonly results: string;
}

/** What is known from earlier runs is kept. */
async function run(name: string, { sources, tests }: Room, { every, workers, again, seconds, results }: Options) {
  const mutants: Mutant[] = [];
  const mutate: Record<string, number> = {};
  for (const file of sources) {
    mutate[file] = mutants.length;
    const text = readFileSync(join(ROOT, file), "utf8");
    mutants.push(...switched(file, text, () => "false", mutants.length).mutants);
  }

  const scout = new Worker({ root: ROOT, mutate, cover: tests });
  const reaches = await scout.open();
  scout.close();
  for (const { file, name: test, fault } of reaches)
    if (fault !== undefined) console.log(`fails without a change: ${file}, ${test}: ${fault}`);
  const usable = reaches.filter(({ fault }) => fault === undefined);
  const reaching = mutants.map((): Reach[] => []);
  for (const reach of usable) for (const id of reach.reached) reaching[id]?.push(reach);
  const whole = usable.reduce((sum, { ms }) => sum + ms, 0) / 1000;
  console.log(`${name}: ${mutants.length} mutants, ${usable.length} tests of ${whole.toFixed(1)} s`);

  const path = join(results, `${name}.json`);
  const known = new Map<string, Line>();
  if (existsSync(path)) {
    const before = JSON.parse(readFileSync(path, "utf8")) as { lines: Line[] };
    for (const line of before.lines) known.set(keyOf(line), line);
  }
  const lines = new Map<number, Line>();
  const queue: Mutant[] = [];
  for (const mutant of mutants) {
    const line = known.get(keyOf(mutant));
    if (line !== undefined) lines.set(mutant.id, { ...line, line: mutant.line, column: mutant.column });
    const isCaught = line?.status === "killed" || line?.status === "timed out";
    if (again ? line !== undefined && !isCaught : line === undefined && mutant.id % every === 0) queue.push(mutant);
  }
  const wins = new Map<Reach, number>();
  const save = () => {
    const inOrder = [...lines].sort(([a], [b]) => a - b).map(([, line]) => line);
    writeFileSync(path, JSON.stringify({ name, of: mutants.length, lines: inOrder }, null, 1));
  };
  const cost = (reach: Reach) => (reach.ms + 0.5) / (1 + (wins.get(reach) ?? 0));
  const begun = Date.now();
  const work = async () => {
    const worker = new Worker({ root: ROOT, mutate });
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { id, ...mutant } = next;
      const order = (reaching[id] ?? []).sort((a, b) => cost(a) - cost(b));
      if (order.length === 0) {
        if (!lines.has(id)) lines.set(id, { ...mutant, status: "not reached" });
        continue;
      }
      let left = seconds * 1000;
      const near = order.filter(({ ms }) => (left -= ms) > 0);
      const task = { id, tests: near.map(({ file, index, rounds }) => ({ file, index, rounds })) };
      const { status, by, why } = await worker.attempt(task);
      const test = by === undefined ? undefined : near[by];
      if (test !== undefined) wins.set(test, (wins.get(test) ?? 0) + 1);
      lines.set(id, {
        ...mutant,
        status,
        ...(test !== undefined && { by: `${test.file}: ${test.name}` }),
        ...(why !== undefined && { why }),
      });
      if (queue.length % 10 === 0) {
        save();
        console.log(`${queue.length} left after ${Math.round((Date.now() - begun) / 1000)} s`);
      }
    }
    worker.close();
  };
  await Promise.all(Array.from({ length: workers }, work));
  save();
  const of = (status: Line["status"]) => [...lines.values()].filter((line) => line.status === status).length;
  console.log(
    `${name}: ${lines.size} of ${mutants.length} tried, ${of("killed")} killed, ${of("timed out")} timed out, ` +
      `${of("survived")} survived, ${of("not reached")} not reached`,
  );
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    every: { type: "string", default: "1" },
    again: { type: "boolean", default: false },
    tests: { type: "string" },
    seconds: { type: "string", default: "Infinity" },
    workers: { type: "string", default: "2" },
    results: { type: "string", default: join(tmpdir(), "trunkflow-mutation") },
  },
});
mkdirSync(values.results, { recursive: true });
for (const name of positionals.length > 0 ? positionals : Object.keys(ROOMS)) {
  const room = ROOMS[name];
  if (room === undefined) throw new Error(`no room ${name}; there are ${Object.keys(ROOMS).join(", ")}`);
  const { again, results } = values;
  const numbers = { every: Number(values.every), workers: Number(values.workers), seconds: Number(values.seconds) };
  const tests = values.tests?.split(",").map((test) => `test/${test}.test.ts`) ?? room.tests;
  await run(name, { ...room, tests }, { ...numbers, again, results });
}
