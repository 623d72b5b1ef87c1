import fc from "fast-check";
import { connectedComponents } from "graphology-components";
import { describe, expect, test } from "vitest";
import { loadNetwork, networkGraph } from "../../src/index.js";
import type { NetworkFile } from "../../src/index.js";
import { elementsOf, isChecked } from "../../src/network/checked.js";
import { componentsOf, statesByComponent } from "../../src/network/components.js";
import { loadState } from "../../src/network/state.js";
import { cityAndState, twin } from "../support/cities.js";

/** The twin districts and, apart from them, a village that drains to a pond. */
const withVillage = (): NetworkFile => {
  const { nodes, links, ...rest } = twin();
  return {
    ...rest,
    energyPrice: 3,
    nodes: [
      { id: "pond", kind: "outfall" },
      ...nodes,
      { id: "village", kind: "catchment", inflow: 0.1 },
      { id: "well", kind: "storage", volume: { max: 40 } },
    ],
    links: [
      { id: "z", kind: "pump", from: "well", to: "pond", capacity: 0 },
      ...links,
      { id: "ditch", kind: "conduit", from: "village", to: "well", capacity: 1 },
    ],
  };
};

describe("components", () => {
  test("are networks of their own, by smallest id, with all that the whole has in common; a closed link joins, too", () => {
    const network = loadNetwork(withVillage());
    const parts = componentsOf(network);
    expect(parts.map(({ nodes }) => nodes.map(({ id }) => id))).toEqual([
      ["east", "north", "river", "south", "west"],
      ["pond", "village", "well"],
    ]);
    expect(parts.map(({ links }) => links.map(({ id }) => id))).toEqual([
      ["a", "b", "cso", "lift", "tie"],
      ["ditch", "z"],
    ]);
    for (const part of parts) {
      expect(isChecked(part)).toBe(true);
      expect(Object.isFrozen(part) && Object.isFrozen(part.nodes) && Object.isFrozen(part.links)).toBe(true);
      expect(part).toMatchObject({ units: { flow: "m3/s" }, energyPrice: 3 });
      expect(componentsOf(part)).toEqual([part]);
      for (const element of [...part.nodes, ...part.links]) expect(elementsOf(network).get(element.id)).toBe(element);
    }
    expect(componentsOf(network)).toBe(parts);
  });

  test("a network of one is itself", () => {
    const network = loadNetwork(twin());
    expect(componentsOf(network)[0]).toBe(network);
    const state = loadState(network, { out: ["a"] });
    expect(statesByComponent(network, state)(0)).toBe(state);
  });

  test("are those that graphology finds", () => {
    fc.assert(
      fc.property(cityAndState, ({ file }) => {
        const network = loadNetwork(file);
        const found = componentsOf(network).map(({ nodes }) => nodes.map(({ id }) => id));
        const known = connectedComponents(networkGraph(network)).map((ids) => ids.sort());
        expect(found).toEqual(known.sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)));
        const links = componentsOf(network).flatMap((part) => part.links);
        expect(links.map(({ id }) => id).sort()).toEqual(network.links.map(({ id }) => id).sort());
      }),
    );
  });

  test("a state is shared out, each entry to the component it is about", () => {
    const network = loadNetwork(withVillage());
    const state = loadState(network, {
      inflows: { village: 0.2, north: 0.5 },
      availability: { z: 0.5 },
      out: ["west", "ditch", "tie"],
      volumes: { well: 7 },
      setPoints: { lift: 0.1 },
    });
    const part = statesByComponent(network, state);
    expect(part(0)).toEqual(
      loadState(network, { inflows: { north: 0.5 }, out: ["west", "tie"], setPoints: { lift: 0.1 } }),
    );
    expect(part(1)).toEqual(
      loadState(network, { inflows: { village: 0.2 }, availability: { z: 0.5 }, out: ["ditch"], volumes: { well: 7 } }),
    );
    expect(statesByComponent(network, loadState(network, {}))(1)).toEqual(loadState(network, {}));
  });

  test("a hundred thousand of them are found in seconds, and so is a chain as long", () => {
    const nodes = Array.from({ length: 100_000 }, (_, i) => ({ id: `j${i}`, kind: "junction" }));
    const units = { flow: "m3/s" };
    expect(componentsOf(loadNetwork({ units, nodes, links: [] }))).toHaveLength(100_000);
    const links = nodes
      .slice(1)
      .map(({ id }, i) => ({ id: `l${i}`, kind: "conduit", from: `j${i}`, to: id, capacity: 1 }));
    expect(componentsOf(loadNetwork({ units, nodes, links }))).toHaveLength(1);
  });
});
