/** A capacity without end, as Infinity or any figure beyond what can flow, is no limit: plans are those of a capacity that is never reached. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  certify,
  criticality,
  dispatch,
  explain,
  leastReinforcement,
  loadNetwork,
  prepare,
  redispatch,
  renderSvg,
  screenOutages,
  stateOf,
  survivalTable,
  timeToSpill,
  type NetworkFile,
} from "../../src/index.js";
import { instances } from "../support/networks.js";
import { codes, errorsOf, spoilt } from "./samples.js";

const ENDLESS = [Infinity, Number.MAX_VALUE, 1e300, 1e18, 1e9];

/** One catchment, a main to its plant, and a way out. */
const city = (capacity: number, more: object = {}) =>
  loadNetwork({
    units: { flow: "m3/s" },
    nodes: [
      { id: "town", kind: "catchment", inflow: 0.4 },
      { id: "works", kind: "plant", capacity: 0.9, ...more },
      { id: "river", kind: "outfall", capacity },
    ],
    links: [
      { id: "main", kind: "conduit", from: "town", to: "works", capacity, target: capacity },
      { id: "gate", kind: "gate", from: "town", to: "river", capacity, reverseCapacity: 0 },
    ],
  });

test.each(ENDLESS)("%d: what is lost with the main spills", (capacity) => {
  const network = city(capacity);
  const spilt = [{ id: "river", flow: 0.4 }];
  const failed = dispatch(network, { outages: ["main"] });
  expect(failed).toMatchObject({ status: "spilling", spills: spilt });
  expect(certify(network, stateOf(network, { outages: ["main"] }), failed).problems).toEqual([]);
  const ready = prepare(network);
  expect(ready.solve().plan()).toMatchObject({ status: "normal" });
  expect(ready.solve({ outages: ["main"] }).plan().spills).toEqual(spilt);
  expect(ready.solve().plan().links).toEqual(dispatch(network).links);
  const worst = screenOutages(network).filter(({ status }) => status === "spilling");
  expect(worst.map(({ out }) => out.join())).toEqual(["main", "works"]);
  expect(dispatch(network, { outages: [{ id: "main", availability: 0.5 }] }).spills).toEqual([
    { id: "river", flow: 0 },
  ]);
  expect(survivalTable(network)).toHaveLength(2);
  expect(criticality(network).length).toBeGreaterThan(0);
  expect(leastReinforcement(network, {})).toBeDefined();
  const { idle } = timeToSpill(network, { outages: ["main"], state: { setPoints: { gate: 0.4 } } });
  expect(idle).toMatchObject({ minutesToSpill: 0, first: [{ id: "river" }] });
  expect(redispatch(network, dispatch(network), { outages: ["main"] }).plan.spills).toEqual(spilt);
  expect(explain(network, stateOf(network, { outages: ["main"] }), failed).map(({ kind }) => kind)).toContain("loss");
  expect(renderSvg(network, failed)).not.toMatch(/NaN|Infinity/);
});

test("whatever is endless, plans are those of a capacity that is never reached", () => {
  const picks = fc.array(fc.constantFrom(undefined, ...ENDLESS.slice(0, 3)), { minLength: 40, maxLength: 40 });
  fc.assert(
    fc.property(instances(), picks, ({ file, state }, all) => {
      const widened = (wide: (i: number) => number | undefined): NetworkFile => ({
        ...file,
        nodes: file.nodes.map((node, i) => {
          const capacity = node.kind === "outfall" ? wide(i) : undefined;
          return capacity === undefined ? node : { ...node, capacity };
        }),
        links: file.links.map((link, i) => {
          const capacity = wide(i + 7);
          if (capacity === undefined) return link;
          return link.kind === "gate" && link.reverseCapacity
            ? { ...link, capacity, reverseCapacity: capacity }
            : { ...link, capacity };
        }),
      });
      const pick = (i: number) => all[i % all.length];
      // 13 000 m³/s and more in every unit, and no more than quanta hold.
      const most = {
        "m3/s": 1e5,
        "m3/d": 1e10,
        "10k m3/d": 1e6,
        万m3_d: 0,
        "m3/h": 1e9,
        "L/s": 1e8,
        MGD: 1e7,
      } as Record<string, number>;
      const never = most[file.units.flow === "万m3/d" ? "10k m3/d" : file.units.flow]!;
      const [endless, wide] = [loadNetwork(widened(pick)), loadNetwork(widened((i) => pick(i) && never))];
      const { setPoints: _beyond, ...rest } = state;
      const flows = (network: typeof endless) => {
        const plan = dispatch(network, { state: rest });
        expect(certify(network, stateOf(network, { state: rest }), plan).problems).toEqual([]);
        return [plan.status, plan.links.map(({ flow }) => flow), plan.plants, plan.spills, plan.flooding];
      };
      expect(flows(endless)).toEqual(flows(wide));
    }),
    { numRuns: 150 },
  );
});

test("it goes through JSON, where 1e999 says it too", () => {
  const network = city(Infinity);
  expect(loadNetwork(JSON.stringify(network))).toEqual(network);
  expect(network.links[0]).toMatchObject({ capacity: Number.MAX_VALUE });
  expect(loadNetwork(JSON.stringify(city(1)).replaceAll('"capacity":1,', '"capacity":1e999,')).links[0]).toMatchObject({
    capacity: Number.MAX_VALUE,
  });
});

test("what holds water without end never fills", () => {
  for (const max of ENDLESS) {
    const network = loadNetwork({
      units: { flow: "m3/s" },
      nodes: [
        { id: "town", kind: "catchment", inflow: 0.4 },
        { id: "lake", kind: "storage", volume: { max } },
        { id: "works", kind: "plant", capacity: 0.9 },
      ],
      links: [
        { id: "a", kind: "conduit", from: "town", to: "lake", capacity: 1 },
        { id: "b", kind: "pump", from: "lake", to: "works", capacity: 1, travelTime: 1e300 },
      ],
    });
    const { acting } = timeToSpill(network, { outages: ["b"] });
    expect(acting.lost.every(({ spill, flooding }) => spill === 0 && flooding === 0)).toBe(true);
    expect(JSON.stringify(acting)).not.toMatch(/null,"minutes|"minutes":null/);
    if (max === Infinity) expect(acting).toMatchObject({ minutesToSpill: null, full: [] });
  }
});

test("what must be held exactly is still refused, and so are prices beyond numbers", () => {
  for (const [path, value] of [
    ["nodes[0].inflow", 1e300],
    ["nodes[0].inflow", Number.MAX_VALUE],
    ["nodes[3].capacity", 1e300],
    ["nodes[3].minFlow", Number.MAX_VALUE],
    ["nodes[5].weight", 1e300],
    ["links[1].energy", Number.MAX_VALUE],
  ] as const)
    expect(new Set(codes(errorsOf(spoilt(path, value)))).size, path).toBe(1);
  for (const path of [
    "nodes[0].inflow",
    "nodes[3].capacity",
    "nodes[5].weight",
    "links[1].energy",
    "links[0].travelTime",
  ])
    expect(codes(errorsOf(spoilt(path, Infinity))), path).toContain("value");
});
