import fc from "fast-check";
import { expect, test } from "vitest";
import { riskOf } from "../../src/certify/security.js";
import { loadNetwork, stateOf, type NetworkFile } from "../../src/index.js";
import { toQuanta } from "../../src/units/flow.js";
import { FC_RUNS } from "../support/runs.js";

const quanta = (flow: number) => toQuanta(flow, "m3/s");

function lostOf(file: NetworkFile, planned: ReadonlyMap<string, number>): number {
  const network = loadNetwork(file);
  return riskOf(network, stateOf(network), planned, []);
}

/** Conduits from town to plant by way of the places between; towns and plants have a figure behind a colon. */
function city(...ways: readonly (readonly [capacity: number, way: string])[]): NetworkFile {
  const nodes = new Map<string, NetworkFile["nodes"][number]>();
  const links: NetworkFile["links"][number][] = [];
  for (const [capacity, way] of ways) {
    const ids = way.split(" ").map((place) => {
      const [id = "", figure] = place.split(":");
      if (id.startsWith("t")) nodes.set(id, { id, kind: "catchment", inflow: Number(figure) });
      else if (id.startsWith("p")) nodes.set(id, { id, kind: "plant", capacity: Number(figure) });
      else nodes.set(id, { id, kind: "junction" });
      return id;
    });
    for (const [i, to] of ids.entries())
      if (i > 0) links.push({ id: `${ids[i - 1]!}-${to}`, kind: "conduit", from: ids[i - 1]!, to, capacity });
  }
  return { units: { flow: "m3/s" }, nodes: [...nodes.values()], links };
}

// Shortest ways first: what t1 sends straight on by a and b has to turn off at a for what comes to b from t2.
test("no more is led another way than went the first way", () => {
  expect(lostOf(city([9, "t1:3 a"], [8, "a b"], [7, "b p1:3"], [9, "a x y p2:9"], [9, "t2:5 u v b"]), new Map())).toBe(
    quanta(2),
  );
});

test("what was led another way leaves all its room", () => {
  const [in3, out3] = ["t3:9 d e f g h i a", "b j k l m n o p3:9"];
  expect(
    lostOf(
      city([9, "t1:3 a"], [9, "a b"], [3, "b p1:3"], [9, "a x y p2:3"], [9, "t2:3 u v b"], [9, in3], [9, out3]),
      new Map(),
    ),
  ).toBe(0);
});

/** More links than a city has, so that water which went one way first has to be led another way, and back. */
const dense: fc.Arbitrary<NetworkFile> = fc
  .record({
    towns: fc.array(fc.nat(9), { minLength: 1, maxLength: 3 }),
    joints: fc.nat(3),
    plants: fc.array(fc.nat(9), { minLength: 1, maxLength: 3 }),
    links: fc.array(fc.record({ from: fc.nat(), to: fc.nat(), capacity: fc.nat(6), back: fc.nat(6) }), {
      minLength: 6,
      maxLength: 24,
    }),
  })
  .map(({ towns, joints, plants, links }) => {
    const nodes: NetworkFile["nodes"] = [
      ...towns.map((inflow, i) => ({ id: `t${i}`, kind: "catchment", inflow }) as const),
      ...Array.from({ length: joints }, (_, i) => ({ id: `j${i}`, kind: "junction" }) as const),
      ...plants.map((capacity, i) => ({ id: `p${i}`, kind: "plant", capacity }) as const),
    ];
    const at = (place: number) => nodes[place % nodes.length]!.id;
    return {
      units: { flow: "m3/s" },
      nodes,
      links: links
        .filter(({ from, to }) => at(from) !== at(to))
        .map(({ from, to, capacity, back }, i) => ({
          id: `l${i}`,
          kind: "gate" as const,
          from: at(from),
          to: at(to),
          capacity,
          reverseCapacity: back,
        })),
    };
  });

test("what is lost is the most by which what enters some places exceeds what can leave them", () => {
  fc.assert(
    fc.property(dense, fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 24, maxLength: 24 }), (file, flows) => {
      const planned = new Map(file.links.map(({ id }, i) => [id, quanta(flows[i]!)]));
      const roomOf = (link: NetworkFile["links"][number], sent: number) => {
        const back = link.kind === "gate" ? (link.reverseCapacity ?? 0) : 0;
        return Math.min(sent < 0 ? back : link.capacity, Math.abs(sent));
      };
      let worst = 0;
      for (let set = 1; set < 2 ** file.nodes.length; set++) {
        const isIn = new Set(file.nodes.filter((_, v) => ((set >> v) & 1) === 1).map(({ id }) => id));
        let over = 0;
        for (const node of file.nodes)
          if (isIn.has(node.id))
            over += node.kind === "catchment" ? node.inflow : node.kind === "plant" ? -node.capacity : 0;
        file.links.forEach((link, i) => {
          const [begin, end] = flows[i]! < 0 ? [link.to, link.from] : [link.from, link.to];
          if (isIn.has(begin) && !isIn.has(end)) over -= roomOf(link, flows[i]!);
        });
        worst = Math.max(worst, over);
      }
      expect(lostOf(file, planned)).toBe(quanta(worst));
    }),
    { numRuns: 100 * FC_RUNS },
  );
});
