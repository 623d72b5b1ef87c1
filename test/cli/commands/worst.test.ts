import { expect, test } from "vitest";
import { worstOf } from "../../../src/cli/commands/worst.js";
import { screeningOf, streamOutages } from "../../../src/contingency/screen.js";
import { loadNetwork, screenOutages } from "../../../src/index.js";
import { twin } from "../../support/cities.js";

const network = loadNetwork(twin());
const whole = screeningOf(network, {}).whole();
const all = screenOutages(network, { depth: 2 });
const never = () => false;

test("the worst of any number are those that a sorted list begins with", async () => {
  for (const top of [1, 5, all.length, Infinity]) {
    const worst = await worstOf(streamOutages(network, { depth: 2 }), whole, {
      top,
      unit: network.units.flow,
      isStopped: never,
    });
    expect(worst.results).toEqual(all.slice(0, top));
    expect(worst.screened).toBe(all.length);
  }
});

test("no more is held than is wanted, and the rest isn't lost sight of", async () => {
  const many = function* () {
    for (let k = 0; k < 500; k++) yield* all;
  };
  const { results, screened, losing } = await worstOf(many(), whole, {
    top: 500,
    unit: network.units.flow,
    isStopped: never,
  });
  expect(results).toHaveLength(500);
  expect(new Set(results)).toEqual(new Set([all[0]]));
  expect([screened, losing]).toEqual([
    500 * all.length,
    500 * all.filter(({ status }) => status === "flooding" || status === "spilling").length,
  ]);
});

test("stopped, it tells all of what it has found", async () => {
  let asked = 0;
  const worst = await worstOf(streamOutages(network), whole, {
    top: 20,
    unit: network.units.flow,
    isStopped: () => ++asked === 3,
  });
  expect(worst.screened).toBe(3);
  expect(worst.results.map(({ out }) => out).sort()).toEqual(
    [...streamOutages(network)]
      .slice(0, 3)
      .map(({ out }) => out)
      .sort(),
  );
});

test("a wish to stop is heard while it works", async () => {
  let isStopped = false;
  setTimeout(() => (isStopped = true), 150);
  const endless = function* () {
    for (;;) yield* all;
  };
  const { screened } = await worstOf(endless(), whole, {
    top: 1,
    unit: network.units.flow,
    isStopped: () => isStopped,
  });
  expect(screened).toBeGreaterThan(0);
});
