/**
 * How storages fill while a city takes in more than its plants and mains can take: so that the first to be full is so as late
 * as can be, and as little as possible is lost at any time.
 *
 * The rates are found by dispatching another network, in which a storage's volume is a plant, and the real plants count as
 * starved of whatever they don't take. So least water floods, then spills, then is stored; and evening out the volumes by the
 * room in them fills at the same time those that share a fate. While inflows are constant that is best at every moment at
 * once: what storages can take at given plants is a base polytope, and its lexicographically optimal base by weights also
 * loses least until t, for every t (Fujishige, Math. Oper. Res. 5, 1980).
 */
import { intakeOf } from "../problem/flows.js";
import type { Policy } from "../problem/policy.js";
import { componentSolver, type ComponentSolver } from "../dispatch/component-solver.js";
import type { FlowProblem } from "../problem/problem.js";
import type { SinkPart } from "../problem/parts.js";
import { elementsOf, markChecked } from "../network/checked.js";
import { own } from "../network/own.js";
import type { FullState, Network, NetworkLink, NetworkNode } from "../network/types.js";
import { fromQuanta, MOST_QUANTA, quantaPer } from "../units/flow.js";
import { byId } from "../text/order.js";

/** Volumes that would be full at the same time but for flows being whole quanta: this share of the time apart. */
const TOGETHER = 1e-6;

const POLICY: Policy = ["flooding", "spill", "starved", "balance"];

/** A storage's volume, and how to set it in a state of the network that has volumes for plants. */
interface Volume {
  readonly storage: string;
  readonly plant: string;
  /** Catchment whose inflow is what the volume gives. */
  readonly source: string;
  /** m³, least and most. */
  readonly min: number;
  readonly max: number;
}

/** A while of constant rates. */
export interface Phase {
  /** Minutes from the start. */
  readonly start: number;
  /** Infinity where nothing would change any more. */
  readonly end: number;
  /** m³/s, by id of outfalls and of nodes that flood; only what is above 0. */
  readonly spill: ReadonlyMap<string, number>;
  readonly flooding: ReadonlyMap<string, number>;
  /** Storages that are full at the end but weren't before. */
  readonly full: readonly string[];
}

/** A state that holds from `start` on, in minutes. */
export interface Piece {
  readonly start: number;
  readonly state: FullState;
}

export class Filling {
  private readonly solver: ComponentSolver;
  private readonly volumes: readonly Volume[];
  /** Real ids of the nodes that were added. */
  private readonly storageOf: ReadonlyMap<string, string>;
  /** The volumes in the solver's problem, which is made anew where other locks ask for flow. */
  private plants: { readonly of: FlowProblem; readonly parts: readonly SinkPart[] } | undefined;
  private readonly flowUnit;
  /** Quanta in one m³/s. */
  private readonly perM3s: number;

  /** @param isIdle whether nobody acts, so that no pump or gate goes beyond its set point */
  constructor(
    network: Network,
    private readonly isIdle: boolean,
  ) {
    const { nodes, links, volumes } = withVolumes(network);
    this.volumes = volumes;
    this.flowUnit = network.units.flow;
    this.perM3s = quantaPer("m3/s", network.units.flow);
    this.solver = componentSolver(markChecked({ ...network, nodes, links }), { policy: POLICY });
    this.storageOf = new Map(
      volumes.flatMap(({ storage, plant, source }) => [plant, source].map((id) => [id, storage])),
    );
  }

  /** What happens from minute 0 on, phase by phase, until nothing changes any more. */
  *phases(pieces: readonly Piece[]): Generator<Phase, void, undefined> {
    const [first] = pieces;
    if (first === undefined) return;
    const held = this.volumes.map(({ storage, min, max }) => {
      const volume = own(first.state.volumes, storage) ?? initialOf(this.solver.problem.network, storage) ?? min;
      return Math.min(Math.max(volume, min), max);
    });
    let start = 0;
    for (const [i, { state }] of pieces.entries()) {
      const until = pieces[i + 1]?.start ?? Infinity;
      while (start < until) {
        const rates = this.rates(state, held, until === Infinity ? undefined : (until - start) * 60);
        const seconds = rates.reduce(
          (least, rate, v) => Math.min(least, rate > 0 ? this.room(v, held) / rate : Infinity),
          Infinity,
        );
        const end = Math.min(until, start + seconds / 60);
        const full: string[] = [];
        for (const [v, { storage, min, max }] of this.volumes.entries()) {
          const rate = rates[v] ?? 0;
          const isFull = rate > 0 && this.room(v, held) / rate <= (end - start) * 60 * (1 + TOGETHER);
          held[v] = isFull ? max : Math.max(min, (held[v] ?? 0) + (rate === 0 ? 0 : rate * (end - start) * 60));
          // A volume without limit is full when time has no end.
          if (isFull && end < Infinity) full.push(storage);
        }
        const { outfalls, flooding } = this.solver.problem;
        yield {
          start,
          end,
          spill: this.lost(outfalls),
          flooding: this.lost(flooding),
          full,
        };
        start = end;
      }
    }
  }

  /** Minutes until water is first lost in a state that loses water but for storages: 0 where that is at once. */
  minutesToSpill(state: FullState): number | null {
    for (const { start, spill, flooding } of this.phases([{ start: 0, state }]))
      if (spill.size + flooding.size > 0) return start;
    return null;
  }

  private room(v: number, held: readonly number[]): number {
    return (this.volumes[v]?.max ?? 0) - (held[v] ?? 0);
  }

  /**
   * What flows into each volume, m³/s. Volumes are only drawn upon where a time is given (s) for which the rates are to last:
   * first it is found which must fill, then what the others can give while those fill no faster.
   */
  private rates(state: FullState, held: readonly number[], seconds: number | undefined): readonly number[] {
    const filling = this.volumes.map((_volume, v) => (this.room(v, held) > 0 ? Infinity : 0));
    const idle = this.volumes.map(() => 0);
    const rates = this.solve(state, held, filling, idle);
    if (seconds === undefined) return rates;
    const given = this.volumes.map(({ min }, v) => (rates[v] === 0 ? ((held[v] ?? 0) - min) / seconds : 0));
    if (given.every((rate) => rate === 0)) return rates;
    return this.solve(state, held, rates, given);
  }

  /** One dispatch: each volume takes `most` at most, and `given` is there to be drawn. */
  private solve(
    state: FullState,
    held: readonly number[],
    most: readonly number[],
    given: readonly number[],
  ): readonly number[] {
    const inflows = { ...state.inflows };
    const availability = { ...state.availability };
    const drawn = given.map((rate) => Math.floor(rate * this.perM3s));
    for (const [v, { plant, source }] of this.volumes.entries()) {
      const taken = Math.min(MOST_QUANTA, Math.round((most[v] ?? 0) * this.perM3s) + (drawn[v] ?? 0));
      inflows[source] = fromQuanta(drawn[v] ?? 0, this.flowUnit);
      // A capacity of 2^50 quanta: the share of it comes back as whole as it was.
      availability[plant] = taken / MOST_QUANTA;
    }
    const rooms = held.map((_held, v) => this.room(v, held));
    const largest = Math.max(Number.MIN_VALUE, ...rooms);
    this.solver.solve({ ...state, inflows, availability }, (problem) => {
      if (this.isIdle) problem.capAtSetPoints();
      for (const [v, plant] of this.plantsOf(problem).entries()) {
        if (plant.capacity === 0) continue;
        problem.rate(plant, Math.max(1, Math.round(MOST_QUANTA * Math.max((rooms[v] ?? 0) / largest, Number.EPSILON))));
      }
    });
    const { problem, flow } = this.solver;
    return this.plantsOf(problem).map((plant, v) => (intakeOf(plant, flow) - (drawn[v] ?? 0)) / this.perM3s);
  }

  private plantsOf(problem: FlowProblem): readonly SinkPart[] {
    if (this.plants?.of !== problem) {
      const plantOf = new Map(problem.plants.map((plant) => [plant.node.id, plant]));
      this.plants = { of: problem, parts: this.volumes.flatMap(({ plant }) => plantOf.get(plant) ?? []) };
    }
    return this.plants.parts;
  }

  private lost(sinks: readonly SinkPart[]): Map<string, number> {
    const lost = new Map<string, number>();
    for (const sink of sinks) {
      const quanta = intakeOf(sink, this.solver.flow);
      if (quanta === 0) continue;
      const id = this.storageOf.get(sink.node.id) ?? sink.node.id;
      lost.set(id, (lost.get(id) ?? 0) + quanta / this.perM3s);
    }
    return lost;
  }
}

function initialOf(network: Network, storage: string): number | undefined {
  const node = elementsOf(network).get(storage);
  return node?.kind === "storage" ? node.volume.initial : undefined;
}

/** The network with a plant and a source for each storage's volume, and plants that are starved of all they don't take. */
function withVolumes(network: Network): { nodes: NetworkNode[]; links: NetworkLink[]; volumes: Volume[] } {
  const taken = new Set([...network.nodes, ...network.links].map(({ id }) => id));
  const fresh = (base: string) => {
    let id = base;
    while (taken.has(id)) id += "'";
    taken.add(id);
    return id;
  };
  const storages = network.nodes
    .flatMap((node) => (node.kind === "storage" && node.volume.max > node.volume.min ? [node] : []))
    .sort(byId);
  const capacity = fromQuanta(MOST_QUANTA, network.units.flow);
  const nodes = network.nodes.map((node) =>
    node.kind === "plant" ? { ...node, minFlow: node.capacity, weight: 1 } : node,
  );
  const common = { floodWeight: 1, availability: 1 };
  const links = [...network.links];
  const volumes = storages.map(({ id, volume: { min, max } }): Volume => {
    const [plant, source] = [fresh(`${id} volume`), fresh(`${id} source`)];
    nodes.push(
      { id: plant, kind: "plant", capacity, minFlow: 0, treatmentCost: 0, weight: 1, ...common },
      { id: source, kind: "catchment", inflow: 0, ...common },
    );
    for (const [from, to] of [
      [id, plant],
      [source, plant],
      [plant, id],
    ] as const)
      links.push({
        id: fresh(`${from} to ${to}`),
        kind: "conduit",
        from,
        to,
        capacity,
        energy: 0,
        weight: 1,
        availability: 1,
      });
    return { storage: id, plant, source, min, max };
  });
  return { nodes, links, volumes };
}
