/** What is ready is shown, and Ctrl-C is heard, while something long goes on. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { inPieces } from "../../src/cli/pieces.js";
import { CLI, ENV, file, home } from "./program.js";

/** A wet chain of towns with a way round at each: what must be added so that it stands every loss takes seconds to find. */
function wetCity(towns: number) {
  const nodes: object[] = [];
  const links: object[] = [];
  for (let k = 0; k < towns; k++) {
    nodes.push({ id: `t${k}`, kind: "catchment", inflow: 1 + ((k * 7) % 5) });
    if (k % 12 === 0) {
      nodes.push({ id: `p${k}`, kind: "plant", capacity: 9 });
      links.push({ id: `in${k}`, kind: "conduit", from: `t${k}`, to: `p${k}`, capacity: 9 });
    }
    for (const [step, capacity] of [
      [1, 4],
      [5, 2],
      [11, 3],
    ] as const)
      if (k >= step)
        links.push({
          id: `l${k}-${step}`,
          kind: "gate",
          from: `t${k}`,
          to: `t${k - step}`,
          capacity,
          reverseCapacity: 1,
        });
  }
  return file("wet-city.json", { units: { flow: "m3/s" }, nodes, links });
}

/** Runs `outages`, and asks it to stop when this has been printed. */
async function stoppedAt(args: string[], printed: string): Promise<{ exit: unknown; out: string; err: string }> {
  const child = spawn(process.execPath, [CLI, ...args], { cwd: home, env: ENV });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
    if (out.includes(printed)) child.kill("SIGINT");
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const [exit] = (await once(child, "close")) as unknown[];
  return { exit, out, err };
}

describe.skipIf(process.platform === "win32")("outages", () => {
  test("prints each table when it is ready, and stops when it is asked to", async () => {
    const city = wetCity(180);
    const { exit, out, err } = await stoppedAt(["outages", city], "What can still be treated");
    expect({ exit, err }).toEqual({ exit: 130, err: "stopped: the least capacity to add wasn't worked out\n" });
    expect(out).toMatch(/outages lose more than is lost without them\n[^]*\n\nWhat can still be treated\n/);
    expect(out).not.toContain("Least capacity to add");
  });
});

describe("pieces", () => {
  function* counted(count: number) {
    for (let done = 1; done <= count; done++) yield { done, total: count };
    return "done";
  }
  const never = () => false;
  const ignore = () => undefined;

  test("give what they come to in the end, and tell how far they are", async () => {
    const told: number[] = [];
    const onProgress = (done: number) => told.push(done);
    expect(await inPieces(counted(3), { isStopped: never, onProgress })).toBe("done");
    expect(told).toEqual([1, 2, 3]);
  });

  test("give nothing where there are more than are wanted, or where they are stopped", async () => {
    expect(await inPieces(counted(3), { isStopped: never, onProgress: ignore, most: 3 })).toBe("done");
    expect(await inPieces(counted(4), { isStopped: never, onProgress: ignore, most: 3 })).toBeUndefined();
    let asked = 0;
    expect(await inPieces(counted(9), { isStopped: () => ++asked === 2, onProgress: ignore })).toBeUndefined();
    expect(asked).toBe(2);
  });
});
