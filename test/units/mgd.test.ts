/** Files in MGD: figures come back as they were written, through every result, and their sums and differences too. */
import { expect, test } from "vitest";
import { certify, dispatch, explain, loadNetwork, stateOf, survivalTable, timeToSpill } from "../../src/index.js";

const city = (unit: string) =>
  loadNetwork({
    units: { flow: unit },
    nodes: [
      { id: "north", kind: "catchment", inflow: 3.381 },
      { id: "south", kind: "catchment", inflow: 1.7 },
      { id: "j", kind: "junction" },
      { id: "well", kind: "storage", volume: { max: 1000 } },
      { id: "east", kind: "plant", capacity: 2.3, treatmentCost: 0.3 },
      { id: "west", kind: "plant", capacity: 1.1, treatmentCost: 0.3 },
      { id: "cso", kind: "outfall", weight: 0.3 },
    ],
    links: [
      { id: "a", kind: "conduit", from: "north", to: "j", capacity: 5.1 },
      { id: "b", kind: "pump", from: "j", to: "east", capacity: 2.3, energy: 0.06 },
      { id: "c", kind: "pump", from: "j", to: "west", capacity: 1.07 },
      { id: "d", kind: "conduit", from: "j", to: "cso", capacity: 9 },
      { id: "e", kind: "conduit", from: "south", to: "well", capacity: 1.7 },
      { id: "f", kind: "pump", from: "well", to: "j", capacity: 1.64, target: 1.2 },
    ],
  });

/** Every number in plain data that is a flow or a share, or a sum of flows. */
function figures(data: unknown): number[] {
  if (typeof data === "number") return [data];
  return typeof data === "object" && data !== null ? Object.values(data).flatMap(figures) : [];
}

/** As many decimals as a number is written with. */
const decimals = (figure: number) => /\.(\d+)$/.exec(String(figure))?.[1]?.length ?? 0;

test("a plan's flows have no more decimals than the file's", () => {
  const network = city("MGD");
  const plan = dispatch(network);
  const flow = new Map(plan.links.map((link) => [link.id, link.flow]));
  expect(flow.get("a")).toBe(3.381);
  expect(plan.flooding).toEqual([{ id: "south", flow: 0.06 }]);
  expect(plan.spills).toEqual([{ id: "cso", flow: 1.651 }]);
  expect(plan.plants.map(({ intake, headroom }) => [intake, headroom])).toEqual([
    [2.3, 0],
    [1.07, 0.03],
  ]);
  const value = (name: string) => plan.objectives.find((objective) => objective.name === name)?.value;
  expect([value("flooding"), value("spill"), value("surcharge")]).toEqual([0.06, 0.4953, 0.44]);
  expect(certify(network, stateOf(network), plan)).toMatchObject({ valid: true, optimal: true, problems: [] });
});

test("money and volumes are those of the same flows in m³/d", () => {
  const [gallons, metric] = [city("MGD"), city("m3/d")];
  const cost = (network: typeof metric) => dispatch(network).objectives.find(({ name }) => name === "cost")?.value;
  expect(cost(gallons)).toBeCloseTo((cost(metric) as number) * 3785.411784, 6);
  const lasts = (network: typeof metric) => timeToSpill(network, { outages: ["f"] }).acting;
  // 1.7 MGD is 6435.2 m³/d; 1000 m³ of it last 223.8 minutes.
  const [full] = lasts(gallons).full;
  expect(full?.minutes).toBeCloseTo((1000 / (1.7 * 3785.411784)) * 1440, 6);
  const [hour] = lasts(gallons).lost;
  expect(hour?.spill).toBeCloseTo(((3.381 - 3.37) * 3785.411784) / 24, 6);
  expect(decimals(hour?.spill ?? NaN)).toBeLessThanOrEqual(6);
});

test("tables and findings are as tidy", () => {
  const network = city("MGD");
  const table = survivalTable(network, { peak: 1.3 }).flatMap(({ now, peak }) => [now, peak]);
  const flows = table.flatMap((treated) => [treated?.inflow ?? 0, treated?.treated ?? 0]);
  expect(flows.length).toBeGreaterThan(5);
  expect(Math.max(...flows.map(decimals))).toBeLessThanOrEqual(4);
  const found = explain(network, stateOf(network), dispatch(network)).filter(({ kind }) => kind === "loss");
  expect(found.length).toBeGreaterThan(0);
  expect(Math.max(...figures(found).map(decimals))).toBeLessThanOrEqual(3);
});
