/** Whatever takes a plan refuses what isn't one of its network, each in the same words. */
import { describe, expect, test } from "vitest";
import {
  dispatch,
  explain,
  loadNetwork,
  OptionError,
  redispatch,
  renderSvg,
  routesOf,
  stateOf,
  type Plan,
} from "../../src/index.js";
import { twin } from "../support/cities.js";

const network = loadNetwork(twin());
const plan = dispatch(network);

const takers: [string, (plan: Plan) => unknown][] = [
  ["routesOf", (given) => routesOf(network, given)],
  ["explain", (given) => explain(network, {}, given)],
  ["redispatch", (given) => redispatch(network, given, { outages: ["east"] })],
  ["renderSvg", (given) => renderSvg(network, given)],
];

const changed: [string, unknown, string][] = [
  ["no object", 7, "the plan is 7; it is what dispatch returns."],
  ["nothing", null, "the plan is null; it is what dispatch returns."],
  ["no lists", {}, "the plan is an object; it is what dispatch returns."],
  ["rows that are none", { ...plan, spills: [null] }, "the plan is an object; it is what dispatch returns."],
  ["ids that are none", { ...plan, links: [{ id: 3 }] }, "the plan is an object; it is what dispatch returns."],
  ["locks that are none", { ...plan, locks: [null] }, "the plan is an object; it is what dispatch returns."],
  ["another format", { ...plan, version: 2 }, "this plan is of format 2; this version reads 1."],
  ["another unit", { ...plan, units: { flow: "MGD" } }, 'the plan is in "MGD", the network in "m3/s".'],
  ["no unit", { ...plan, units: undefined }, 'the plan is in undefined, the network in "m3/s".'],
  [
    "links that the network lacks",
    { ...plan, links: [...plan.links, { ...plan.links[0], id: "x" }] },
    'the plan is of another network: its links name "x", which this network lacks.',
  ],
  [
    "none of the links",
    { ...plan, links: [] },
    'the plan is of another network: its links lack "a", "b", "tie" and 2 more, which this network has.',
  ],
  [
    "a plant less",
    { ...plan, plants: plan.plants.slice(1) },
    'the plan is of another network: its plants lack "east", which this network has.',
  ],
  [
    "no outfall",
    { ...plan, spills: [] },
    'the plan is of another network: its spills lack "river", which this network has.',
  ],
  [
    "a flood elsewhere",
    { ...plan, flooding: [{ id: "x", flow: 1 }] },
    'the plan is of another network: its flooding names "x", which this network lacks.',
  ],
  ["a link twice", { ...plan, links: [...plan.links, plan.links[0]] }, 'the plan\'s links name "a" twice.'],
  [
    "a flow that is none",
    { ...plan, spills: [{ id: "river", flow: NaN }] },
    'the plan\'s spills have NaN as flow of "river"; it is a number.',
  ],
  [
    "a link's flow that is none",
    { ...plan, links: plan.links.map((row) => (row.id === "tie" ? { ...row, flow: Infinity } : row)) },
    'the plan\'s links have Infinity as flow of "tie"; it is a number.',
  ],
  [
    "a link's utilisation that is none",
    { ...plan, links: plan.links.map((row) => (row.id === "tie" ? { ...row, utilisation: null } : row)) },
    'the plan\'s links have null as utilisation of "tie"; it is a number.',
  ],
  [
    "a flood that is none",
    { ...plan, flooding: [{ id: "north", flow: NaN }] },
    'the plan\'s flooding have NaN as flow of "north"; it is a number.',
  ],
  [
    "an intake that is none",
    { ...plan, plants: plan.plants.map((row) => ({ ...row, intake: "1" })) },
    'the plan\'s plants have "1" as intake of "east"; it is a number.',
  ],
];

describe.each(takers)("%s", (_name, take) => {
  test.each(changed)("refuses %s", (_what, given, message) => {
    expect(() => take(given as Plan)).toThrow(new OptionError(message));
  });

  test("takes a plan of format 1, read again from its text, in any order", () => {
    const read = JSON.parse(JSON.stringify(plan)) as Plan;
    expect(() => take({ ...read, links: [...read.links].reverse() })).not.toThrow();
  });
});

// What proves a plan needs all of it.
test.each(takers.filter(([name]) => name !== "explain"))("%s takes a plan that is older than locks", (_name, take) => {
  const { locks: _, ...older } = plan;
  expect(() => take(older as Plan)).not.toThrow();
});

// A map needs no plan.
test.each(takers.filter(([name]) => name !== "renderSvg"))("%s needs a plan", (_name, take) => {
  expect(() => take(undefined as never)).toThrow(
    new OptionError("the plan is undefined; it is what dispatch returns."),
  );
});

describe("from", () => {
  test("may have some of the links, and no unit", () => {
    expect(
      stateOf(network, { from: { links: plan.links.filter(({ id }) => id === "tie" || id === "a") } }),
    ).toMatchObject({
      setPoints: { tie: plan.links.find(({ id }) => id === "tie")?.flow },
    });
  });

  test.each<[string, unknown, string]>([
    ["nothing", null, "from is not a plan: a plan has links, each with an id and a flow."],
    ["rows that are none", { links: [7] }, "from is not a plan: a plan has links, each with an id and a flow."],
    ["another format", { version: "b", links: [] }, 'this plan is of format "b"; this version reads 1.'],
    ["another unit", { ...plan, units: { flow: "L/s" } }, 'the plan is in "L/s", the network in "m3/s".'],
    [
      "links that the network lacks",
      { links: ["v", "w", "x", "y", "tie"].map((id) => ({ id, flow: 0 })) },
      'the plan is of another network: its links name "v", "w", "x" and 1 more, which this network lacks.',
    ],
    [
      "a node",
      { links: [{ id: "north", flow: 0 }] },
      'the plan is of another network: its links name "north", which this network lacks.',
    ],
    ["no flow", { links: [{ id: "tie" }] }, 'the plan\'s links have undefined as flow of "tie"; it is a number.'],
  ])("refuses %s", (_what, from, message) => {
    expect(() => stateOf(network, { from: from as Plan })).toThrow(new OptionError(message));
  });
});
