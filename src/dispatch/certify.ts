/**
 * Checks a plan from the network and the state alone. Nothing here is shared with what makes plans: not the problem, not
 * the arcs, not the engines. Only the conversion to quanta is the same, because it is what a figure means.
 */
import { assertNetwork } from "../network/checked.js";
import { componentsOf } from "../network/components.js";
import { pathText, show } from "../network/issues.js";
import { checkKeys } from "../network/option-keys.js";
import { askingLocks, lockRange } from "../network/locks.js";
import { own } from "../network/own.js";
import type { FullState, Network, NetworkLink, NetworkNode, State } from "../network/schema.js";
import { loadState } from "../network/state.js";
import { MOST_QUANTA, quantaPer, SECONDS_PER_HOUR, toQuanta } from "../units/flow.js";
import { riskOf } from "./certify-security.js";
import { outagesOf, type Outage, type SecureList } from "./outage.js";
import type { CertificateStage } from "./certificate.js";
import { checkProof } from "./certify-optimal.js";
import { LOCK_STAGE, stagesOf, type CostName, type Policy, type Stage } from "./policy.js";
import type { Edge, Piece } from "./certify-edges.js";
import { times, written } from "./certify-exact.js";
import type { Plan } from "./plan.js";
import { planShape } from "./plan-shape.js";

/** `problems` says in words what is wrong with the plan, all of it; a valid plan has none. */
export interface Certification {
  readonly valid: boolean;
  /** Whether the plan is valid and its certificate proves that no better one exists. */
  readonly optimal: boolean;
  readonly problems: readonly string[];
  /**
   * Only where costs can't be made whole: the sums of objectives that were proved with rounded costs. Everything else is proved
   * exactly.
   */
  readonly within?: readonly CertificationBound[];
}

/** Another plan that is as good until then, and in the ranges that are left to it, is better by no more than this. */
export interface CertificationBound {
  readonly objectives: readonly CostName[];
  /** m³/s, and money per hour, times the policy's weights. */
  readonly by: number;
}

export interface CertifyOptions {
  readonly policy?: Policy;
  readonly tolerance?: number;
  readonly secure?: SecureList;
}

/** Ratios and sums of ratios are compared to this, relatively; flows are compared exactly. */
const RATIO = 1e-9;

/**
 * Holds a plan against the network and the state it is for: mass balance at every node, bounds, what is derived from the
 * flows (utilisations, headroom, status, moves), and each objective's value, all recomputed from the plan's flows.
 *
 * A plan of the engine `network` carries a certificate, from which this proves, in whole numbers and fractions, that no better plan
 * exists for its objectives, their order, weights and tolerance: those that the certificate names, or just those of `options` where
 * they are given there. Even is meant to the quantum at each plant, with weights as they are written. Costs are exact wherever a
 * factor makes them whole; where none does, each is rounded by at most 1e-7 of the largest, and `within` tells what that may come
 * to. A plan without a certificate can only be shown to be possible and to be what it says. The reasons of its moves aren't looked at.
 *
 * @param network from `loadNetwork`
 * @param state the state that the plan is for, with its outages (`stateOf` puts one together from a dispatch's options)
 * @param plan any value; one that isn't shaped like a plan isn't valid
 * @param options the policy and tolerance that the plan is to be best for. With a plan that has the objective `security`, the outages
 *   it was made with; without them that figure can't be held against anything, and the plan doesn't count as valid. No plan that
 *   has it carries a proof
 * @throws NetworkError where network, state or outages aren't valid themselves; never for a bad plan
 * @remarks linear in the network
 * @example
 * certify(city, {}, dispatch(city)); // { valid: true, optimal: true, problems: [] }
 */
export function certify(network: Network, state: State, plan: Plan, options: CertifyOptions = {}): Certification {
  assertNetwork(network);
  checkKeys(options, ["policy", "tolerance", "secure"]);
  const { policy, tolerance, secure } = options;
  const stages = policy && stagesOf(policy, secure !== undefined);
  const full = loadState(network, state);
  const outages = secure === undefined ? undefined : outagesOf(network, secure);
  const shape = planShape.safeParse(plan);
  if (!shape.success) {
    const problems = shape.error.issues.map((issue) => `${pathText(issue.path)}: ${issue.message}`);
    return { valid: false, optimal: false, problems };
  }
  const unit = network.units.flow;
  if (plan.units.flow !== unit) {
    return {
      valid: false,
      optimal: false,
      problems: [`the plan is in ${show(plan.units.flow)}, the network in ${show(unit)}`],
    };
  }
  const check = new Check(network, full, plan);
  check.balance();
  check.circulation();
  check.objectives({ ...check.links(), ...check.sinks(), security: check.security(outages) });
  // A flow that can't be needs no proof that it is the best.
  if (check.problems.length === 0) check.certificate(stages, tolerance);
  const valid = check.problems.length === 0;
  return {
    valid,
    optimal: valid && plan.certificate !== undefined,
    problems: check.problems,
    ...(check.within.length > 0 && { within: check.within }),
  };
}

interface Sums {
  /** Quanta, weighted where the objective is. */
  readonly flooding: number;
  readonly spill: number;
  readonly starved: number;
  readonly surcharge: number;
  readonly moves: number;
  /** NaN where the outages aren't known. */
  readonly security: number;
  /** Money per hour. */
  readonly pumping: number;
  readonly treatment: number;
  /** Utilisation ÷ weight per plant in service. */
  readonly balance: number[];
  /** What floods at each catchment ÷ its inflow, where there is one. */
  readonly sharing: number[];
  readonly isFlooding: boolean;
  readonly isSurcharged: boolean;
  readonly isSpilling: boolean;
}

class Check {
  readonly problems: string[] = [];
  readonly within: CertificationBound[] = [];
  private readonly network: Network;
  private readonly state: FullState;
  private readonly plan: Plan;
  private readonly out: ReadonlySet<string>;
  private readonly nodes: ReadonlyMap<string, NetworkNode>;
  /** Quanta by id, as the plan has them. */
  private readonly flows: ReadonlyMap<string, number>;
  private readonly intakes: ReadonlyMap<string, number>;
  private readonly spills: ReadonlyMap<string, number>;
  private readonly floods: ReadonlyMap<string, number>;
  /** What set points would keep going round. */
  private readonly rounds: ReadonlyMap<string, number>;

  constructor(network: Network, state: FullState, plan: Plan) {
    this.network = network;
    this.state = state;
    this.plan = plan;
    this.out = new Set(state.out);
    this.nodes = new Map(network.nodes.map((node) => [node.id, node]));
    const ids = (wanted: (node: NetworkNode) => boolean) => network.nodes.filter(wanted).map((node) => node.id);
    const intakes = plan.plants.map(({ id, intake }) => ({ id, flow: intake }));
    const links = network.links.map((link) => link.id);
    this.flows = this.read("links", plan.links, links, true);
    this.rounds = this.read("circulation", plan.circulation, links, false);
    this.intakes = this.read(
      "plants",
      intakes,
      ids((node) => node.kind === "plant"),
      true,
    );
    this.spills = this.read(
      "spills",
      plan.spills,
      ids((node) => node.kind === "outfall"),
      true,
    );
    this.floods = this.read(
      "flooding",
      plan.flooding,
      ids((node) => node.kind !== "outfall"),
      false,
    );
  }

  /** Mass balance at every node, in whole quanta: exact. */
  balance(): void {
    const left = new Map<string, number>(this.network.nodes.map((node) => [node.id, 0]));
    const put = (id: string, quanta: number) => left.set(id, (left.get(id) ?? 0) + quanta);
    for (const node of this.network.nodes) {
      if (node.kind === "catchment") put(node.id, this.inflowOf(node));
    }
    for (const link of this.network.links) {
      const quanta = this.flows.get(link.id) ?? 0;
      put(link.from, -quanta);
      put(link.to, quanta);
    }
    for (const sinks of [this.intakes, this.spills, this.floods]) for (const [id, quanta] of sinks) put(id, -quanta);
    for (const [id, quanta] of left) {
      const off = Math.abs(quanta);
      if (off !== 0) this.fault(`balance at ${show(id)} is off by ${off} ${off === 1 ? "quantum" : "quanta"}`);
    }
  }

  /** What goes round is balanced everywhere, the way the links' flow goes; and of that flow nothing goes round but for locks. */
  circulation(): void {
    const left = new Map<string, number>();
    for (const link of this.network.links) {
      const quanta = this.rounds.get(link.id) ?? 0;
      left.set(link.from, (left.get(link.from) ?? 0) - quanta);
      left.set(link.to, (left.get(link.to) ?? 0) + quanta);
      if (quanta * (this.flows.get(link.id) ?? 0) < 0)
        this.fault(`circulation on ${show(link.id)} goes against the plan's flow`);
    }
    for (const [id, quanta] of left) if (quanta !== 0) this.fault(`circulation isn't balanced at ${show(id)}`);

    const next = new Map<string, string[]>();
    const entering = new Map(this.network.nodes.map(({ id }) => [id, 0]));
    for (const link of this.network.links) {
      const quanta = this.flows.get(link.id) ?? 0;
      const { least, most } = this.held(link);
      if (quanta === 0 || (quanta > 0 && quanta === least) || (quanta < 0 && quanta === most)) continue;
      const [from, to] = quanta > 0 ? [link.from, link.to] : [link.to, link.from];
      next.set(from, [...(next.get(from) ?? []), to]);
      entering.set(to, (entering.get(to) ?? 0) + 1);
    }
    const free = [...entering].flatMap(([id, count]) => (count === 0 ? [id] : []));
    for (const id of free) {
      for (const to of next.get(id) ?? []) {
        const count = (entering.get(to) ?? 0) - 1;
        entering.set(to, count);
        if (count === 0) free.push(to);
      }
    }
    // What a secured plan sends is what pumps and gates may carry after an outage: more than is needed before it.
    const isSecured = this.plan.objectives.some(({ name }) => name === "security");
    if (free.length < entering.size && !isSecured) this.fault("water goes round in a circle");
  }

  /** Bounds of links, what the plan derives from their flows, and its moves. */
  links() {
    const rows = new Map(this.plan.links.map((row) => [row.id, row]));
    const moves = new Map(this.plan.moves.map((move) => [move.id, move]));
    if (moves.size < this.plan.moves.length) this.fault("moves list an element twice");
    const sums = { surcharge: 0, isSurcharged: false, pumping: 0, moves: 0 };
    for (const link of this.network.links) {
      const quanta = this.flows.get(link.id);
      const row = rows.get(link.id);
      if (quanta === undefined || row === undefined) continue;
      const isOpen = this.lets(link.from) && this.lets(link.to);
      const most = isOpen ? this.limit(link.capacity, link) : 0;
      const mostBack = isOpen && link.kind === "gate" ? this.limit(link.reverseCapacity, link) : 0;
      // Beyond that, sums aren't exact, and water could go missing between them.
      const held = this.held(link);
      const whole = quanta + (this.rounds.get(link.id) ?? 0);
      const isWithin = (flow: number) =>
        Math.abs(flow) <= MOST_QUANTA &&
        flow <= Math.min(most, Math.max(0, held.most)) &&
        -flow <= Math.min(mostBack, Math.max(0, -held.least));
      if (!isWithin(quanta)) this.fault(`link ${show(link.id)} carries ${row.flow}, out of its bounds`);
      else if (!isWithin(whole)) this.fault(`circulation on ${show(link.id)} is out of the link's bounds`);
      const room = quanta < 0 ? mostBack : most;
      this.ratio(`utilisation of link ${show(link.id)}`, row.utilisation, room > 0 ? Math.abs(quanta) / room : 0);
      const above = link.target === undefined ? 0 : Math.max(0, Math.abs(quanta) - this.quanta(link.target));
      this.flow(`link ${show(link.id)} above its target`, row.aboveTarget, above);
      sums.surcharge += above * link.weight;
      sums.isSurcharged ||= above > 0;
      sums.pumping += this.perHour(Math.abs(quanta)) * link.energy * this.network.energyPrice;
      const given = link.kind === "conduit" ? undefined : own(this.state.setPoints, link.id);
      const setPoint = given === undefined ? quanta : this.quanta(given);
      if (given !== undefined) sums.moves += Math.abs(whole - setPoint);
      const move = moves.get(link.id);
      moves.delete(link.id);
      if (move === undefined) {
        if (setPoint !== quanta) this.fault(`moves don't list ${show(link.id)}, which leaves its set point`);
      } else if (given === undefined || setPoint === quanta) {
        this.fault(`moves list ${show(link.id)}, which doesn't leave a set point`);
      } else {
        this.flow(`move of ${show(link.id)}, from`, move.from, setPoint);
        this.flow(`move of ${show(link.id)}, to`, move.to, quanta);
      }
    }
    for (const id of moves.keys()) this.fault(`moves list ${show(id)}, which is no link of the network`);
    return sums;
  }

  /** Bounds of plants and outfalls, and what the plan derives from what they take. */
  sinks() {
    const rows = new Map(this.plan.plants.map((row) => [row.id, row]));
    const sums = {
      flooding: 0,
      isFlooding: false,
      spill: 0,
      isSpilling: false,
      starved: 0,
      treatment: 0,
      balance: [] as number[],
      sharing: [] as number[],
    };
    for (const node of this.network.nodes) {
      if (node.kind === "plant") {
        const row = rows.get(node.id);
        const quanta = this.intakes.get(node.id);
        if (row === undefined || quanta === undefined) continue;
        const most = this.limit(node.capacity, node);
        const name = `plant ${show(node.id)}`;
        if (quanta < 0 || quanta > Math.min(most, this.held(node).most))
          this.fault(`${name} takes in ${row.intake}, out of its bounds`);
        this.flow(`${name}: available`, row.available, most);
        this.flow(`${name}: headroom`, row.headroom, most - quanta);
        this.ratio(`${name}: utilisation`, row.utilisation, most > 0 ? quanta / most : 0);
        if (most > 0) sums.balance.push(quanta / most / node.weight);
        if (this.share(node) > 0) sums.starved += Math.max(0, this.quanta(node.minFlow) - quanta);
        sums.treatment += this.perHour(quanta) * node.treatmentCost;
      } else if (node.kind === "outfall") {
        const quanta = this.spills.get(node.id) ?? 0;
        const capacity = node.capacity === undefined ? Infinity : this.limit(node.capacity, node);
        // Less than nothing it can't be: that would have to come along a link, and none leads out of an outfall.
        if (quanta > (this.share(node) === 0 ? 0 : capacity)) {
          this.fault(`outfall ${show(node.id)} takes ${quanta} quanta, out of its bounds`);
        }
        sums.spill += quanta * node.weight;
        sums.isSpilling ||= quanta > 0;
      }
    }
    for (const [id, quanta] of this.floods) {
      if (quanta <= 0) this.fault(`flooding lists ${show(id)}, which doesn't flood`);
      const node = this.nodes.get(id);
      sums.flooding += quanta * (node === undefined || node.kind === "outfall" ? 0 : node.floodWeight);
      sums.isFlooding ||= quanta > 0;
    }
    for (const node of this.network.nodes) {
      const inflow = node.kind === "catchment" ? this.inflowOf(node) : 0;
      if (inflow > 0) sums.sharing.push((this.floods.get(node.id) ?? 0) / inflow);
    }
    sums.balance.sort((a, b) => b - a);
    sums.sharing.sort((a, b) => b - a);
    return sums;
  }

  /** What spills and floods after the worst of the outages while pumps and gates stay as they are. */
  security(outages: readonly (readonly Outage[])[] | undefined): number {
    if (!this.plan.objectives.some(({ name }) => name === "security")) return NaN;
    if (outages === undefined) {
      this.fault('objective "security" can\'t be checked without its outages: give them as the option secure');
      return NaN;
    }
    return outages.reduce((worst, lost) => Math.max(worst, riskOf(this.network, this.state, this.flows, lost)), 0);
  }

  /** The status and each objective's value. */
  objectives(sums: Sums): void {
    const status = sums.isFlooding
      ? "flooding"
      : sums.isSpilling
        ? "spilling"
        : sums.isSurcharged
          ? "surcharged"
          : "normal";
    if (this.plan.status !== status) this.fault(`the status is "${this.plan.status}"; the flows make it "${status}"`);
    const one = this.quanta(1);
    const seen = new Set<string>();
    for (const { name, value, unit } of this.plan.objectives) {
      if (seen.has(name)) this.fault(`objective "${name}" occurs twice`);
      seen.add(name);
      if (name === "balance" || name === "sharing") {
        const right = sums[name];
        if (value.length === right.length) {
          value.forEach((figure, i) => {
            this.ratio(`objective "${name}"[${i}]`, figure, right[i] ?? NaN);
          });
        } else this.fault(`objective "${name}" has ${value.length} figures; there are ${right.length} to compare`);
      } else {
        if (name === "security" && Number.isNaN(sums.security)) continue;
        this.ratio(`objective "${name}"`, value, name === "cost" ? sums.pumping + sums.treatment : sums[name] / one);
        const right = name === "cost" ? "money/h" : this.network.units.flow;
        if (unit !== right) this.fault(`objective "${name}" is in ${show(unit)}; its unit is ${show(right)}`);
      }
    }
  }

  /** The proof that the plan is the best, if it carries one: of each connected component by itself. */
  certificate(wanted: readonly Stage[] | undefined, tolerance: number | undefined): void {
    const { certificate } = this.plan;
    if (certificate === undefined) return;
    const components = componentsOf(this.network);
    if (certificate.components.length !== components.length) {
      this.fault(`the certificate is for ${certificate.components.length} components, not ${components.length}`);
      return;
    }
    // What a component's rounded costs leave open adds up to what the plan's may.
    const open = new Map<number, { objectives: CostName[]; by: number }>();
    for (const [k, component] of components.entries()) {
      const proof = certificate.components[k]?.stages ?? [];
      if (!this.isForPlan(proof, component, wanted, tolerance)) return;
      const { faults, roundings } = checkProof(proof, {
        edges: this.edges(component),
        nodes: component.nodes.length,
        quanta: (flow) => this.quanta(flow),
      });
      for (const text of faults) this.fault(text);
      for (const { stage: number, by } of roundings) {
        const stage = proof[number];
        if (stage === undefined || !("potentials" in stage)) continue;
        const sum = open.get(number)?.by ?? 0;
        open.set(number, {
          objectives: Object.keys(stage.objectives) as CostName[],
          by: sum + by / quantaPer("m3/s", this.network.units.flow),
        });
      }
    }
    this.within.push(...open.values());
  }

  /** Whether a proof is for what the plan, and whoever asks, wants to be best. */
  private isForPlan(
    given: readonly CertificateStage[],
    { nodes, links }: Network,
    wanted: readonly Stage[] | undefined,
    tolerance: number | undefined,
  ): boolean {
    const told = (stage: Stage) => JSON.stringify(typeof stage === "string" ? stage : [...stage]);
    const all = given.map((stage): Stage => {
      if ("potentials" in stage) return new Map(Object.entries(stage.objectives) as [CostName, number][]);
      return "objective" in stage ? stage.objective : "balance";
    });
    const asking = new Set(askingLocks(this.state.locks));
    const isAsking = asking.size > 0 && [...nodes, ...links].some(({ id }) => asking.has(id));
    const [first] = all;
    const isLock = (stage: Stage | undefined) => stage !== undefined && told(stage) === told(LOCK_STAGE);
    const stages = isLock(first) ? all.slice(1) : all;
    let isFor = true;
    const fault = (text: string) => {
      isFor = false;
      this.fault(text);
    };
    if (isAsking && !isLock(first)) fault("the certificate doesn't prove that locks are obeyed as far as can be");
    if (wanted !== undefined && wanted.map(told).join() !== stages.map(told).join())
      fault("the certificate is for another policy");
    for (const stage of given) {
      if (tolerance !== undefined && "tolerance" in stage && stage.tolerance !== tolerance)
        fault(`the certificate is for a tolerance of ${show(stage.tolerance)}`);
    }
    const names = stages.flatMap((stage) => (typeof stage === "string" ? stage : [...stage.keys()]));
    if (names.join() !== this.plan.objectives.map((objective) => objective.name).join())
      fault("the certificate is for other objectives than the plan's");
    return isFor;
  }

  /** A component as a proof sees it: links, outfalls and places that flood, plants among them, each in order of id. */
  private edges({ nodes, links: joining }: Network): Edge[] {
    const ids = nodes.map(({ id }) => id).sort((a, b) => (a < b ? -1 : 1));
    const place = new Map(ids.map((id, i) => [id, i]));
    const at = (id: string) => place.get(id) ?? -1;
    // No end takes more than all inflow, and no link need carry more than that and what circulates to hold set points: beyond
    // it, one capacity is as good as another.
    let inflow = 0;
    for (const node of nodes) if (node.kind === "catchment") inflow += this.inflowOf(node);
    let reach = inflow;
    for (const { id } of joining) reach += Math.abs(this.quanta(own(this.state.setPoints, id) ?? 0)) + this.asked(id);
    for (const { id } of nodes) reach += this.asked(id);
    reach = Math.min(reach, MOST_QUANTA);
    const links = [...joining]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((link): Edge => {
        const isOpen = this.lets(link.from) && this.lets(link.to);
        const price = [link.energy, this.network.energyPrice, SECONDS_PER_HOUR];
        const target = link.target === undefined ? undefined : this.quanta(link.target);
        const setPoint = link.kind === "conduit" ? undefined : own(this.state.setPoints, link.id);
        const held = this.held(link);
        return {
          name: `link ${show(link.id)}`,
          from: at(link.from),
          to: at(link.to),
          flow: (this.flows.get(link.id) ?? 0) + (this.rounds.get(link.id) ?? 0),
          least:
            isOpen && link.kind === "gate"
              ? -Math.min(reach, this.limit(link.reverseCapacity, link), Math.max(0, -held.least))
              : 0,
          most: isOpen ? Math.min(reach, this.limit(link.capacity, link), Math.max(0, held.most)) : 0,
          costs: {
            cost: [
              { from: -Infinity, price: [-1, ...price] },
              { from: 0, price },
            ],
            ...(target !== undefined && {
              surcharge: [
                { from: -Infinity, price: [-1, link.weight] },
                { from: -target, price: [0] },
                { from: target, price: [link.weight] },
              ],
            }),
            ...(setPoint !== undefined && {
              moves: [
                { from: -Infinity, price: [-1] },
                { from: this.quanta(setPoint), price: [1] },
              ],
            }),
            ...shortfall(held),
          },
        };
      });
    const ends: Edge[][] = [[], [], []];
    const always = (...price: number[]): Piece[] => [{ from: -Infinity, price }];
    const ground = ids.length;
    for (const [from, id] of ids.entries()) {
      const node = this.nodes.get(id);
      if (node === undefined) continue;
      const end = { from, to: ground, least: 0 };
      if (node.kind === "plant") {
        const capacity = this.limit(node.capacity, node);
        const least = this.share(node) > 0 ? this.quanta(node.minFlow) : 0;
        ends[0]?.push({
          ...end,
          name: `plant ${show(id)}`,
          flow: this.intakes.get(id) ?? 0,
          most: Math.min(capacity, this.held(node).most),
          sink: {
            objective: "balance",
            capacity,
            rating: times({ digits: BigInt(capacity), power: 0 }, written(node.weight)),
          },
          costs: {
            cost: always(node.treatmentCost, SECONDS_PER_HOUR),
            starved: [...always(-1), { from: least, price: [0] }],
            ...shortfall(this.held(node)),
          },
        });
      }
      if (node.kind === "outfall") {
        const capacity = node.capacity === undefined ? Infinity : this.limit(node.capacity, node);
        const most = this.share(node) === 0 ? 0 : Math.min(inflow, capacity);
        const costs = { spill: always(node.weight) };
        ends[1]?.push({ ...end, name: `outfall ${show(id)}`, flow: this.spills.get(id) ?? 0, most, costs });
      } else {
        const costs = { flooding: always(node.floodWeight) };
        const enters = node.kind === "catchment" ? this.inflowOf(node) : 0;
        // Any flood where nothing enters counts as more than any share of an inflow.
        const rating = { digits: enters > 0 ? BigInt(enters) << 60n : 1n, power: 0 };
        ends[2]?.push({
          ...end,
          name: `flooding at ${show(id)}`,
          flow: this.floods.get(id) ?? 0,
          most: inflow,
          sink: { objective: "sharing", capacity: 0, rating },
          costs,
        });
      }
    }
    return [...links, ...ends.flat()];
  }

  private fault(text: string): void {
    this.problems.push(text);
  }

  private ratio(what: string, found: number, right: number): void {
    if (Math.abs(found - right) > RATIO * Math.max(1, Math.abs(right))) {
      this.fault(`${what} is ${found}; the flows give ${right}`);
    }
  }

  private flow(what: string, found: number, rightQuanta: number): void {
    const off = Math.abs(this.quanta(found) - rightQuanta);
    if (off !== 0) this.fault(`${what}: ${found} is off by ${off} quanta from what the flows give`);
  }

  private quanta(flow: number): number {
    return toQuanta(flow, this.network.units.flow);
  }

  private inflowOf(node: NetworkNode & { readonly kind: "catchment" }): number {
    return this.quanta(own(this.state.inflows, node.id) ?? node.inflow);
  }

  /** What an operator holds an element's flow between, quanta; infinite where nobody does. */
  private held(element: NetworkNode | NetworkLink): { readonly least: number; readonly most: number } {
    const { min, max } = lockRange(own(this.state.locks, element.id) ?? {});
    return { least: this.quanta(min), most: this.quanta(max) };
  }

  /** How much a lock asks for. */
  private asked(id: string): number {
    const { min, max } = lockRange(own(this.state.locks, id) ?? {});
    return Math.max(0, this.quanta(min), -this.quanta(max));
  }

  /** m³ per hour. */
  private perHour(quanta: number): number {
    return quanta / quantaPer("m3/h", this.network.units.flow);
  }

  private share(element: NetworkNode | NetworkLink): number {
    return this.out.has(element.id) ? 0 : (own(this.state.availability, element.id) ?? element.availability);
  }

  private limit(capacity: number, element: NetworkNode | NetworkLink): number {
    const share = this.share(element);
    return share === 0 ? 0 : Math.round(this.quanta(capacity) * share);
  }

  /** Whether water may pass through a node, or end in it. */
  private lets(id: string): boolean {
    const node = this.nodes.get(id);
    return node !== undefined && (node.kind === "plant" || node.kind === "outfall" || this.share(node) > 0);
  }

  /** Quanta by id, each id known and listed once, and all of them where the list is to be complete. */
  private read(
    part: string,
    list: readonly { readonly id: string; readonly flow: number }[],
    ids: readonly string[],
    isComplete: boolean,
  ): Map<string, number> {
    const found = new Map<string, number>();
    const known = new Set(ids);
    for (const { id, flow } of list) {
      if (!known.has(id)) this.fault(`${part} lists ${show(id)}, which doesn't belong there`);
      if (found.has(id)) this.fault(`${part} lists ${show(id)} twice`);
      found.set(id, this.quanta(flow));
    }
    if (isComplete) for (const id of ids) if (!found.has(id)) this.fault(`${part} doesn't list ${show(id)}`);
    return found;
  }
}

/** What a lock lacks of the flow that it asks for, as a cost; none where it asks for none. */
function shortfall({ least, most }: { readonly least: number; readonly most: number }): Partial<Edge["costs"]> {
  if (least > 0)
    return {
      locks: [
        { from: -Infinity, price: [-1] },
        { from: least, price: [0] },
      ],
    };
  if (most < 0)
    return {
      locks: [
        { from: -Infinity, price: [0] },
        { from: most, price: [1] },
      ],
    };
  return {};
}
