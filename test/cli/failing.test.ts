/** A plan is printed even where what should stand beside it fails. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { runDispatch } from "../../src/cli/commands/dispatch.js";
import { runRedispatch } from "../../src/cli/commands/redispatch.js";
import { dispatch, EngineError, loadNetwork, type Plan } from "../../src/index.js";
import { home } from "./program.js";

function fails(): never {
  throw new EngineError("its own proof fails");
}
vi.mock("../../src/explain/explain.js", () => ({ explain: fails }));
vi.mock("../../src/contingency/redispatch.js", () => ({ redispatch: fails }));
vi.mock("../../src/contingency/time-to-spill.js", () => ({ timeToSpill: fails }));

const NETWORK = {
  units: { flow: "L/s" },
  nodes: [
    { id: "town", kind: "catchment", inflow: 30 },
    { id: "works", kind: "plant", capacity: 40 },
    { id: "old-works", kind: "plant", capacity: 20 },
  ],
  links: [
    { id: "main", kind: "conduit", from: "town", to: "works", capacity: 50 },
    { id: "press", kind: "pump", from: "town", to: "old-works", capacity: 50 },
  ],
};
const path = join(home, "failing.json");
const language = "en";
let out = "";
let err = "";

beforeEach(() => {
  writeFileSync(path, JSON.stringify(NETWORK));
  [out, err] = ["", ""];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => ((err += String(text)), true));
});
afterEach(() => {
  vi.restoreAllMocks();
});

test("dispatch, where the plan can't be explained", async () => {
  await runDispatch(path, { language });
  expect(err).toBe("the plan can't be explained: trunkflow: its own proof fails\n");
  expect(out).toMatch(/ works +40 +20 +50\.0 %/);
  expect(out).toMatch(/ old-works +20 +10 +50\.0 %/);
});

test("redispatch, where neither steps nor times are found", async () => {
  await runRedispatch(path, { language, out: ["works"] });
  expect(err).toBe(
    "the way to the plan can't be told: trunkflow: its own proof fails\n" +
      "how long there is for it can't be told: trunkflow: its own proof fails\n",
  );
  expect(out).toMatch(/ old-works +20 +20 +100\.0 %/);
  expect(out).toMatch(/Moves\n.*\n press +10 +→ +20 /);
});

test("and as data", async () => {
  await runRedispatch(path, { language, out: ["works"], json: true });
  const { plan, timeToSpill } = JSON.parse(out) as { plan: Plan; timeToSpill: unknown };
  const network = loadNetwork(NETWORK);
  expect(plan.plants).toEqual(dispatch(network, { outages: ["works"] }).plants);
  expect(timeToSpill).toBeNull();
});
