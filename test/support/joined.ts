/**
 * Cities in which there is much to even out: each plant has a district and a main, districts are joined by ties, and the mains, ties and
 * plants are as often too small as not.
 */
import fc from "fast-check";
import type { NetworkFile, State } from "../../src/index.js";

const district = fc.record({
  /** In hundredths of m³/s, as all figures here. */
  inflow: fc.integer({ min: 0, max: 100 }),
  plant: fc.integer({ min: 10, max: 150 }),
  least: fc.constantFrom(0, 0, 0, 20, 60),
  cost: fc.constantFrom(0.2, 0.5, 1),
  weight: fc.constantFrom(1, 1, 1, 1, 2),
  main: fc.integer({ min: 40, max: 160 }),
  target: fc.constantFrom(undefined, 30, 60),
  weir: fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined }),
});

const tie = fc.record({
  from: fc.nat(),
  to: fc.nat(),
  kind: fc.constantFrom("pump", "gate", "gate", "conduit"),
  capacity: fc.integer({ min: 0, max: 40 }),
  target: fc.constantFrom(undefined, undefined, 10),
  energy: fc.constantFrom(0, 0.1),
  setPoint: fc.option(fc.constantFrom(0, 0.5, 1), { nil: undefined }),
});

export const joined: fc.Arbitrary<{ file: NetworkFile; state: State }> = fc
  .record({
    districts: fc.array(district, { minLength: 2, maxLength: 6 }),
    ties: fc.array(tie, { minLength: 1, maxLength: 9 }),
    out: fc.option(fc.nat(), { nil: undefined, freq: 3 }),
  })
  .map(({ districts, ties, out }) => {
    const target = (value: number | undefined) => (value === undefined ? {} : { target: value / 100 });
    const nodes = districts.flatMap((one, i): NetworkFile["nodes"] => [
      { id: `c${i}`, kind: "catchment", inflow: one.inflow / 100 },
      {
        id: `p${i}`,
        kind: "plant",
        capacity: one.plant / 100,
        minFlow: Math.floor((one.plant * one.least) / 100) / 100,
        treatmentCost: one.cost,
        weight: one.weight,
      },
      ...(one.weir === undefined ? [] : [{ id: `o${i}`, kind: "outfall" as const, weight: 1 + (i % 3) }]),
    ]);
    const links = districts.flatMap((one, i): NetworkFile["links"] => [
      { id: `m${i}`, kind: "conduit", from: `c${i}`, to: `p${i}`, capacity: one.main / 100, ...target(one.target) },
      ...(one.weir === undefined
        ? []
        : [{ id: `w${i}`, kind: "gate" as const, from: `c${i}`, to: `o${i}`, capacity: one.weir / 100 }]),
    ]);
    const setPoints: Record<string, number> = {};
    ties.forEach(({ from, to, kind, capacity, energy, setPoint, ...one }, i) => {
      const [a, b] = [from % districts.length, to % districts.length];
      if (a === b) return;
      const common = { id: `t${i}`, from: `c${a}`, to: `c${b}`, capacity: capacity / 100, ...target(one.target) };
      if (kind === "gate") links.push({ ...common, kind, reverseCapacity: capacity / 100 });
      else links.push({ ...common, kind, energy });
      if (kind !== "conduit" && setPoint !== undefined) setPoints[`t${i}`] = Math.round(capacity * setPoint) / 100;
    });
    const elements = [...nodes, ...links];
    return {
      file: { units: { flow: "m3/s" as const }, nodes, links },
      state: { setPoints, ...(out !== undefined && { out: [elements[out % elements.length]!.id] }) },
    };
  });
