import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  certify,
  dispatch,
  leastReinforcement,
  loadNetwork,
  loadState,
  redispatch,
  screenOutages,
  stateOf,
  survivalTable,
  timeToSpill,
} from "../../src/index.js";

const read = (name: string) => readFileSync(new URL(`../../seeds/three-plants/${name}`, import.meta.url), "utf8");
const network = loadNetwork(read("network.json"));
const state = loadState(network, read("state.json"));

const OUT = Symbol("out");
/** As the seed's README works it out: what floods, what spills, intakes of upper, lower and old, over the tie, minutes. */
type Row = [
  out: string,
  flooding: number,
  spill: number,
  upper: number | typeof OUT,
  lower: number | typeof OUT,
  old: number | typeof OUT,
  tie: number,
  minutes: number | null,
];
const TABLE: readonly Row[] = [
  ["tank", 600, 0, 0, 180, 120, 0, 0],
  ["hill-main", 600, 0, 150, 90, 60, -150, 0],
  ["k", 300, 0, 600, 0, 0, 0, 0],
  ["dale-main", 300, 0, 400, 120, 80, 200, 0],
  ["upper", 0, 400, OUT, 300, 200, 200, 45],
  ["upper-main", 0, 400, 0, 300, 200, 200, 45],
  ["lower", 0, 0, 675, OUT, 225, -75, null],
  ["lower-main", 0, 0, 675, 0, 225, -75, null],
  ["tie", 0, 0, 600, 180, 120, 0, null],
  ["old", 0, 0, 562.5, 337.5, OUT, 37.5, null],
  ["press", 0, 0, 562.5, 337.5, 0, 37.5, null],
  ["river", 0, 0, 450, 270, 180, 150, null],
  ["weir", 0, 0, 450, 270, 180, 150, null],
];
const CAPACITY = { upper: 750, lower: 450, old: 300 };

test("the state is the best plan with nothing lost", () => {
  const plan = dispatch(network, { state });
  expect(plan.plants.map(({ id, intake }) => [id, intake])).toEqual([
    ["lower", 270],
    ["old", 180],
    ["upper", 450],
  ]);
  expect(plan.moves).toEqual([]);
});

describe("each row of the table", () => {
  test("is there once, worst first", () => {
    expect(screenOutages(network, { state }).map(({ out }) => out)).toEqual(TABLE.map(([id]) => [id]));
  });

  test.each(TABLE)("without %s", (id, flooding, spill, upper, lower, old, tie, minutes) => {
    const plan = dispatch(network, { state, outages: [id] });
    const full = stateOf(network, { state, outages: [id] });
    expect(certify(network, full, plan)).toEqual({ valid: true, optimal: true, problems: [] });
    const intakes = Object.entries({ upper, lower, old });
    for (const [plant, intake] of intakes)
      expect(plan.plants.find((one) => one.id === plant)).toMatchObject(
        intake === OUT ? { intake: 0, available: 0 } : { intake },
      );
    // Its sign tells which way; not -0 where it carries nothing.
    expect(plan.links.find((link) => link.id === "tie")?.flow).toBe(tie);

    const result = screenOutages(network, { state, elements: [id] })[0];
    const value = (name: string) => result?.objectives.find((objective) => objective.name === name)?.value;
    expect(value("flooding")).toBe(flooding);
    expect(value("spill")).toBe(spill);
    expect(result?.status).toBe(flooding > 0 ? "flooding" : spill > 0 ? "spilling" : "normal");
    const shares = intakes.flatMap(([plant, intake]) =>
      typeof intake === "number" ? [intake / CAPACITY[plant as keyof typeof CAPACITY]] : [],
    );
    expect(result?.highestUtilisation).toBeCloseTo(Math.max(...shares), 9);
    if (minutes === null) expect(result?.minutesToSpill).toBeNull();
    else expect(result?.minutesToSpill).toBeCloseTo(minutes, 6);
  });
});

describe("if nobody acts", () => {
  const lost = (out: string) => timeToSpill(network, { state, outages: [out], hours: [1, 3] });

  test("without upper", () => {
    const { idle, acting } = lost("upper");
    expect(idle.minutesToSpill).toBeCloseTo(40, 6);
    expect(idle.first).toEqual([{ id: "river", kind: "spill" }]);
    expect(idle.lost.map(({ spill }) => Math.round(spill * 1e3) / 1e3)).toEqual([150, 1050]);
    expect(acting.minutesToSpill).toBeCloseTo(45, 6);
    expect(acting.lost.map(({ spill }) => Math.round(spill * 1e3) / 1e3)).toEqual([100, 900]);
    const { forced, steps } = redispatch(network, dispatch(network, { state }), { state, outages: ["upper"] });
    expect(forced).toEqual([
      {
        kind: "spill",
        at: [{ id: "river", flow: 400 }],
        nodes: ["hill", "river", "tank", "upper"],
        inflow: 600,
        links: [{ id: "tie", flow: 200, out: false, locked: false }],
        plants: [{ id: "upper", flow: 0, out: true, locked: false }],
        outfalls: [],
      },
    ]);
    // Of the 50 more over the tie, lower has room for 30; for the other 20 the pump makes room first.
    expect(steps.map(({ id, from, to }) => [id, from, to])).toEqual([
      ["press", 180, 200],
      ["tie", 150, 200],
    ]);
  });

  test("without lower", () => {
    const { idle, acting } = lost("lower");
    expect(idle.minutesToSpill).toBe(0);
    expect(idle.lost.map(({ flooding }) => Math.round(flooding * 1e3) / 1e3)).toEqual([120, 360]);
    expect(acting).toMatchObject({ minutesToSpill: null, first: [] });
    const { steps } = redispatch(network, dispatch(network, { state }), { state, outages: ["lower"] });
    expect(steps.map(({ id, to }) => [id, to]).sort()).toEqual([
      ["press", 225],
      ["tie", -75],
    ]);
  });
});

test("what can still be treated", () => {
  const table = survivalTable(network, { state, peak: 1.5 });
  expect(table.map(({ out, now, peak }) => [out[0], now.treated, now.share, peak?.treated, peak?.inflow])).toEqual([
    [undefined, 900, 1, 1350, 1350],
    ["upper", 500, 500 / 900, 650, 1350],
    ["lower", 900, 1, 975, 1350],
    ["old", 900, 1, 1200, 1350],
  ]);
});

test("the least capacity to add", () => {
  expect(leastReinforcement(network, { state })).toEqual({
    add: [
      { id: "lower", capacity: 150 },
      { id: "press", capacity: 75 },
      { id: "tie", capacity: 400 },
    ],
    total: 625,
    hopeless: [
      { outages: ["dale-main"], flow: 300 },
      { outages: ["hill-main"], flow: 600 },
      { outages: ["k"], flow: 300 },
      { outages: ["tank"], flow: 600 },
    ],
  });
});
