/** Files of several cities that nothing joins. */
import fc from "fast-check";
import type { NetworkFile, State } from "../../src/index.js";
import { cityAndState } from "./cities.js";
import { joined } from "./joined.js";

export interface Town {
  readonly file: NetworkFile;
  readonly state: State;
}

/** Two to four of them; now and then the same one twice, so that all its figures occur twice. */
export const towns: fc.Arbitrary<Town[]> = fc
  .tuple(fc.array(fc.oneof(cityAndState, joined), { minLength: 2, maxLength: 4 }), fc.boolean())
  .map(([list, isTwice]) => (isTwice ? [...list, ...list.slice(0, 1)] : list).map(renamed));

/** Ids in which the town comes after what it is called there, so that towns mix in every list by id. */
function renamed({ file, state }: Town, i: number): Town {
  const to = (id: string) => `${id} of ${i}`;
  const all = <T>(record: Readonly<Record<string, T>> = {}) =>
    Object.fromEntries(Object.entries(record).map(([id, value]) => [to(id), value]));
  return {
    file: {
      ...file,
      nodes: file.nodes.map((node) => ({ ...node, id: to(node.id) })),
      links: file.links.map((link) => ({ ...link, id: to(link.id), from: to(link.from), to: to(link.to) })),
    },
    state: {
      inflows: all(state.inflows),
      availability: all(state.availability),
      volumes: all(state.volumes),
      setPoints: all(state.setPoints),
      out: (state.out ?? []).map(to),
    },
  };
}

/** All of them in one file, and their states in one. */
export function inOneFile(list: readonly Town[]): Town {
  return {
    file: {
      ...list[0]!.file,
      nodes: list.flatMap(({ file }) => file.nodes),
      links: list.flatMap(({ file }) => file.links),
    },
    state: {
      inflows: Object.assign({}, ...list.map(({ state }) => state.inflows)) as State["inflows"],
      availability: Object.assign({}, ...list.map(({ state }) => state.availability)) as State["availability"],
      volumes: Object.assign({}, ...list.map(({ state }) => state.volumes)) as State["volumes"],
      setPoints: Object.assign({}, ...list.map(({ state }) => state.setPoints)) as State["setPoints"],
      out: list.flatMap(({ state }) => state.out ?? []),
    },
  };
}
