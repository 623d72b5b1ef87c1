/**
 * Seeded cities of any size. Nodes lie at random in a square, each plant's district is the ground nearest to it, sewers run
 * to the next node nearer the plant, mains are sized for what they gather, and districts are tied where they touch.
 */
import type { NetworkFile } from "trunkflow";

/**
 * - `tree`: each district a tree, a few ties between districts;
 * - `meshed`: so many more mains that there are three links for each node;
 * - `near-capacity`: meshed, with nearly as much inflow as plants can take;
 * - `degenerate`: meshed, all inflows, capacities and costs equal, so that ties are everywhere.
 */
export const FAMILIES = ["tree", "meshed", "near-capacity", "degenerate"] as const;
export type Family = (typeof FAMILIES)[number];

export interface CityOptions {
  readonly nodes: number;
  readonly plants: number;
  readonly family: Family;
  readonly seed: number;
}

interface Site {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly district: number;
  /** Distance to the district's plant. */
  readonly reach: number;
  downstream: number;
  inflow: number;
  gathered: number;
}

/** A network file with `nodes` nodes, in m³/s; the same for the same options, everywhere. */
export function city({ nodes, plants, family, seed }: CityOptions): NetworkFile {
  const random = generator(seed);
  const isEqual = family === "degenerate";
  const round = (value: number) => Math.round(value * 1000) / 1000;
  const places = Array.from({ length: nodes }, () => ({ x: random(), y: random() }));
  const sites = places.map((place, i): Site => {
    const reaches = places.slice(0, plants).map((plant) => Math.hypot(plant.x - place.x, plant.y - place.y));
    const reach = Math.min(...reaches);
    const isCatchment = i >= plants && random() < 0.6;
    return {
      id: i < plants ? `plant-${i}` : `n-${i}`,
      ...place,
      district: reaches.indexOf(reach),
      reach,
      downstream: -1,
      inflow: isCatchment ? (isEqual ? 0.02 : round(0.005 + 0.05 * random())) : 0,
      gathered: 0,
    };
  });
  const near = neighbours(sites);
  const order = [...sites.keys()].sort((a, b) => (sites[b]?.reach ?? 0) - (sites[a]?.reach ?? 0));
  for (const i of order) {
    const site = sites[i]!;
    site.gathered += site.inflow;
    if (i < plants) continue;
    const nearer = near(i).find((j) => sites[j]!.district === site.district && sites[j]!.reach < site.reach);
    site.downstream = nearer ?? site.district;
    sites[site.downstream]!.gathered += site.gathered;
  }

  const total = sites.reduce((sum, site) => sum + site.inflow, 0);
  const load = family === "near-capacity" ? 0.98 : 0.75;
  const links: NetworkFile["links"] = [];
  const size = (flow: number, factor: number) => (isEqual ? 0.2 : round(Math.max(0.02, flow * factor)));
  sites.forEach((site, i) => {
    if (site.downstream === -1) return;
    const capacity = size(site.gathered, family === "near-capacity" ? 1.05 + 0.3 * random() : 1.4 + 1.2 * random());
    links.push({
      id: `main-${i}`,
      kind: "conduit",
      from: site.id,
      to: sites[site.downstream]!.id,
      capacity,
      ...(random() < 0.5 && { target: round(capacity * 0.8) }),
    });
  });
  // Ties join neighbours of different districts, or, where the family is meshed, any neighbours.
  const wanted = family === "tree" ? Math.round(nodes * 0.1) : 3 * nodes - links.length;
  let tries = 0;
  for (let k = 0; k < wanted && tries < 40 * wanted; tries++) {
    const i = plants + Math.floor(random() * (nodes - plants));
    const candidates = near(i);
    const j = candidates[Math.floor(random() * Math.min(8, candidates.length))];
    if (j === undefined || (family === "tree" && sites[i]!.district === sites[j]!.district)) continue;
    const flow = Math.max(sites[i]!.gathered, 0.05);
    const ends = { id: `tie-${k}`, from: sites[i]!.id, to: sites[j]!.id, capacity: size(flow, 0.3 + 0.7 * random()) };
    const kind = random();
    if (kind < 0.4) links.push({ ...ends, kind: "pump", energy: isEqual ? 0.05 : round(0.02 + 0.08 * random()) });
    else if (kind < 0.8) links.push({ ...ends, kind: "gate", reverseCapacity: ends.capacity });
    else links.push({ ...ends, kind: "conduit" });
    k += 1;
  }
  const outfalls = Math.max(1, Math.round(nodes / 40));
  const outfallNodes = Array.from({ length: outfalls }, (_, k) => {
    const at = plants + Math.floor(random() * (nodes - plants));
    links.push({
      id: `weir-${k}`,
      kind: "gate",
      from: sites[at]!.id,
      to: `out-${k}`,
      capacity: isEqual ? 0.1 : round(0.1 + random()),
    });
    return { id: `out-${k}`, kind: "outfall" as const, weight: isEqual ? 1 : 1 + Math.floor(random() * 9) };
  });
  return {
    name: `${family} city of ${nodes} nodes, seed ${seed}`,
    units: { flow: "m3/s" },
    nodes: [
      ...sites.map((site, i) => {
        const at: [number, number] = [round(site.x), round(site.y)];
        if (i < plants) {
          const capacity = round(
            isEqual ? total / load / plants : Math.max(0.05, (total / load / plants) * (0.6 + 0.8 * random())),
          );
          return {
            id: site.id,
            kind: "plant" as const,
            at,
            capacity,
            minFlow: round(capacity * 0.2),
            treatmentCost: isEqual ? 1 : round(0.8 + 0.6 * random()),
          };
        }
        if (site.inflow > 0) return { id: site.id, kind: "catchment" as const, at, inflow: site.inflow };
        return { id: site.id, kind: "junction" as const, at };
      }),
      ...outfallNodes,
    ],
    links,
  };
}

/** Nodes near a node, nearest first, from a grid of cells with a few nodes each. */
function neighbours(sites: readonly Site[]): (i: number) => number[] {
  const cells = Math.max(1, Math.floor(Math.sqrt(sites.length / 3)));
  const cellOf = (v: number) => Math.min(cells - 1, Math.floor(v * cells));
  const grid: number[][] = Array.from({ length: cells * cells }, () => []);
  sites.forEach((site, i) => grid[cellOf(site.y) * cells + cellOf(site.x)]!.push(i));
  return (i) => {
    const site = sites[i]!;
    const found: number[] = [];
    for (let y = cellOf(site.y) - 1; y <= cellOf(site.y) + 1; y++) {
      for (let x = cellOf(site.x) - 1; x <= cellOf(site.x) + 1; x++) {
        if (x >= 0 && y >= 0 && x < cells && y < cells) found.push(...grid[y * cells + x]!);
      }
    }
    const away = (j: number) => Math.hypot(sites[j]!.x - site.x, sites[j]!.y - site.y);
    return found.filter((j) => j !== i).sort((a, b) => away(a) - away(b));
  };
}

/** Numbers in [0, 1), the same for a seed everywhere: the SplitMix idea on 32 bits. */
export function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  };
}
