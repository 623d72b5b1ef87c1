import fc from "fast-check";
import type { NetworkFile, State } from "../../src/index.js";

type Node = NetworkFile["nodes"][number];
type Link = NetworkFile["links"][number];

/** Two districts with a plant each and a two-way tie between them; small enough to work out by hand. */
export const twin = (): NetworkFile => ({
  units: { flow: "m3/s" },
  nodes: [
    { id: "north", kind: "catchment", inflow: 0.9 },
    { id: "south", kind: "catchment", inflow: 0.3 },
    { id: "east", kind: "plant", capacity: 1, minFlow: 0.1, treatmentCost: 0.5 },
    { id: "west", kind: "plant", capacity: 1, treatmentCost: 0.6 },
    { id: "river", kind: "outfall", weight: 2 },
  ],
  links: [
    { id: "a", kind: "conduit", from: "north", to: "east", capacity: 1.5, target: 1 },
    { id: "b", kind: "conduit", from: "south", to: "west", capacity: 1.5 },
    { id: "tie", kind: "gate", from: "east", to: "west", capacity: 0.25, reverseCapacity: 0.25 },
    { id: "lift", kind: "pump", from: "east", to: "west", capacity: 0.5, energy: 0.1 },
    { id: "cso", kind: "gate", from: "east", to: "river", capacity: 2 },
  ],
});

/** A whole number of tenths, so that ties and equal figures are common. */
const tenths = (most: number) => fc.integer({ min: 0, max: most * 10 }).map((n) => n / 10);

/** Any network of up to a dozen nodes: loops, twins, zero capacities, stray parts; and a state of it. */
export const cityAndState: fc.Arbitrary<{ file: NetworkFile; state: State }> = fc
  .record({
    nodes: fc.array(
      fc.record({
        kind: fc.constantFrom("catchment", "catchment", "junction", "storage", "plant", "plant", "outfall"),
        figure: tenths(3),
        part: tenths(1),
        weight: fc.constantFrom(1, 1, 2, 0.5),
        availability: fc.constantFrom(1, 1, 1, 0.5, 0),
      }),
      { minLength: 2, maxLength: 12 },
    ),
    links: fc.array(
      fc.record({
        kind: fc.constantFrom("conduit", "conduit", "pump", "gate"),
        from: fc.nat(),
        to: fc.nat(),
        capacity: tenths(2),
        back: tenths(1),
        target: fc.option(tenths(2), { nil: undefined }),
        energy: fc.constantFrom(0, 0, 0.05, 0.1),
        weight: fc.constantFrom(1, 1, 3),
      }),
      { maxLength: 20 },
    ),
    set: fc.array(fc.tuple(fc.nat(), tenths(2)), { maxLength: 6 }),
    out: fc.array(fc.nat(), { maxLength: 2 }),
  })
  .map(({ nodes, links, set, out }) => {
    const made = nodes.map(({ kind, figure, part, weight, availability }, i): Node => {
      const id = `n${i}`;
      if (kind === "catchment") return { id, kind, inflow: figure };
      if (kind === "plant") {
        const minFlow = Math.round(figure * part * 10) / 10;
        return { id, kind, capacity: figure, minFlow, weight, availability, treatmentCost: part };
      }
      if (kind === "outfall") return { id, kind, weight, ...(part < 0.5 && { capacity: figure }) };
      if (kind === "storage") return { id, kind, volume: { max: 10 } };
      return { id, kind: "junction" };
    });
    const starts = made.filter((node) => node.kind !== "outfall");
    const joined = links.flatMap(({ kind, from, to, capacity, back, target, energy, weight }, i): Link[] => {
      const [a, b] = [starts[from % Math.max(1, starts.length)], made[to % made.length]];
      if (a === undefined || b === undefined || a === b) return [];
      const common = { id: `l${i}`, from: a.id, to: b.id, capacity, weight, ...(target !== undefined && { target }) };
      if (kind === "gate") return [{ ...common, kind, ...(b.kind !== "outfall" && { reverseCapacity: back }) }];
      return [kind === "pump" ? { ...common, kind, energy } : { ...common, kind: "conduit" }];
    });
    const settable = joined.filter((link) => link.kind !== "conduit");
    const elements = [...made, ...joined];
    const setPoints = Object.fromEntries(
      settable.length === 0 ? [] : set.map(([which, flow]) => [settable[which % settable.length]!.id, flow]),
    );
    return {
      file: { units: { flow: "m3/s" as const }, nodes: made, links: joined },
      state: { setPoints, out: [...new Set(out.map((which) => elements[which % elements.length]!.id))] },
    };
  });
