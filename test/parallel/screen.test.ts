import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import type * as Library from "../../src/index.js";
import type * as Parallel from "../../src/parallel/index.js";
import { DIST, ensureBuilt } from "../package/built.js";

// Threads run what is built.
let library: typeof Library;
let parallel: typeof Parallel;
let city: Library.Network;
beforeAll(async () => {
  ensureBuilt();
  const load = (path: string) => import(pathToFileURL(join(DIST, path)).href) as Promise<unknown>;
  library = (await load("index.js")) as typeof Library;
  parallel = (await load("parallel/index.js")) as typeof Parallel;
  const file = new URL("../../seeds/xinxiang/network.json", import.meta.url);
  city = library.loadNetwork(readFileSync(file, "utf8"));
}, 120_000);

describe("screening on threads", () => {
  test("gives what one thread gives, in the same order", async () => {
    const state = { availability: { "wwtp-north": 0.9 }, setPoints: { "tie-east-north": 0.4 } };
    const options = { depth: 2, state, elements: city.links.map(({ id }) => id) } as const;
    const expected = [...library.streamOutages(city, options)];
    expect(expected.length).toBeGreaterThan(500);
    const told: number[] = [];
    const found: Library.OutageResult[] = [];
    const onProgress = (done: number) => told.push(done);
    for await (const one of parallel.streamOutagesInParallel(city, { ...options, threads: 2, onProgress }))
      found.push(one);
    expect(found).toEqual(expected);
    expect(told).toEqual(expected.map((_result, i) => i + 1));
    expect(await parallel.screenOutagesInParallel(city, { ...options, threads: 3 })).toEqual(
      library.screenOutages(city, options),
    );
  });

  test("ends where its reader does, or its signal says", async () => {
    let seen = 0;
    for await (const result of parallel.streamOutagesInParallel(city, { depth: 2, threads: 2 })) {
      expect(result.out.length).toBeGreaterThan(0);
      if (++seen === 200) break;
    }
    expect(seen).toBe(200);
    const controller = new AbortController();
    const reason = new Error("enough");
    const onProgress = (done: number) => {
      if (done === 300) controller.abort(reason);
    };
    await expect(
      parallel.screenOutagesInParallel(city, { depth: 2, threads: 2, signal: controller.signal, onProgress }),
    ).rejects.toBe(reason);
  });

  test("refuses what one thread refuses, with the same errors", async () => {
    await expect(parallel.screenOutagesInParallel(city, { elements: ["wwtp-eats"] })).rejects.toThrow(
      library.NetworkError,
    );
    await expect(parallel.screenOutagesInParallel(city, { threads: 0 })).rejects.toThrow("threads is 0");
    await expect(parallel.screenOutagesInParallel(city, { depht: 2 } as never)).rejects.toThrow(library.OptionError);
  });
});
