/**
 * Native peers, where they are installed: LEMON (`apt-get install liblemon-dev`, compiled here), HiGHS and OR-tools (`pip install highspy
 * ortools`, by the `python3` of the path). Each is a process that is asked line by line, and takes its own time (the processor's), so that neither its
 * start nor the handing over of the model counts.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { agree, print, type Clocked } from "./timing.js";

const NAMES = ["LEMON", "OR-tools", "HiGHS native"] as const;
export type NativeName = (typeof NAMES)[number];

interface Native {
  /** @returns what solves it so many times, and tells how many milliseconds a run took and the value found */
  load(kind: "min" | "max", file: string): Promise<(runs: number) => Promise<{ ms: number; value: number }>>;
  stop(): void;
}

export class Natives {
  private readonly folder = mkdtempSync(join(tmpdir(), "trunkflow-bench-"));
  private readonly here = new Map<NativeName, Native>();

  /** Starts those that are installed, and says which aren't. */
  static async start(): Promise<Natives> {
    const natives = new Natives();
    for (const name of NAMES) {
      const peer = await natives.find(name);
      if (peer === undefined) print(`${name}: not installed, left out.`);
      else natives.here.set(name, peer);
    }
    return natives;
  }

  /**
   * Hands an instance to a peer.
   *
   * @param value what it must find
   * @returns what runs it; undefined where the peer isn't installed
   * @throws where it finds something else
   */
  async ask(
    name: NativeName,
    kind: "min" | "max",
    dimacs: Iterable<string>,
    value: number,
  ): Promise<Clocked | undefined> {
    const peer = this.here.get(name);
    if (peer === undefined) return undefined;
    const file = join(this.folder, "instance");
    writeFileSync(file, `${[...dimacs].join("\n")}\n`);
    const solve = await peer.load(kind, file);
    const { value: theirs } = await solve(1);
    if (!agree(value, theirs)) throw new Error(`${name} finds ${theirs}, not ${value}`);
    return async (runs) => (await solve(runs)).ms;
  }

  stop(): void {
    for (const peer of this.here.values()) peer.stop();
    rmSync(this.folder, { recursive: true });
  }

  private async find(name: NativeName): Promise<Native | undefined> {
    const at = (file: string) => fileURLToPath(new URL(`native/${file}`, import.meta.url));
    if (name !== "LEMON") return start("python3", [at("peers.py"), name === "OR-tools" ? "ortools" : "highspy"]);
    const program = join(this.folder, "lemon");
    try {
      execFileSync("g++", ["-std=c++17", "-O3", "-march=native", "-o", program, at("lemon.cc")], { stdio: "ignore" });
    } catch {
      return undefined;
    }
    return start(program, []);
  }
}

/** Undefined where the program can't be started, or ends before it says that it is ready. */
async function start(command: string, args: readonly string[]): Promise<Native | undefined> {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "ignore"] });
  try {
    await once(child, "spawn");
  } catch {
    return undefined;
  }
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async () => ((await lines.next()) as IteratorResult<string, undefined>).value;
  if ((await line()) !== "ready") return undefined;
  const ask = async (question: string) => {
    child.stdin.write(`${question}\n`);
    const answer = await line();
    if (answer === undefined) throw new Error(`${command} ended over "${question}"`);
    return answer;
  };
  return {
    async load(kind, file) {
      await ask(`load ${kind} ${file}`);
      return async (runs) => {
        const [ms = NaN, value = NaN] = (await ask(`run ${runs}`)).split(" ").map(Number);
        return { ms, value };
      };
    },
    stop: () => void child.stdin.end(),
  };
}
