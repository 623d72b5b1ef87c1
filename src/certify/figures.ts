/** What a plan says flows, held against the network and the state: balances, bounds, and every figure that follows from the flows. */
import { show } from "../text/show.js";
import type { NetworkNode } from "../network/types.js";
import { MOST_QUANTA, quantaPer } from "../units/flow.js";
import { faultsInCircles } from "./circles.js";
import type { Flows } from "./edges.js";
import type { Given } from "./given.js";
import { riskOf } from "./security.js";
import type { Outage } from "../network/outage.js";
import type { Plan } from "../plan/plan.js";

/** Ratios and sums of ratios are compared to this, relatively; flows are compared exactly. */
const RATIO = 1e-9;

/** Quanta, weighted where the objective is; money per hour; ratios. */
interface Sums {
  flooding: number;
  spill: number;
  starved: number;
  surcharge: number;
  moves: number;
  cost: number;
  /** NaN where the outages aren't known. */
  security: number;
  readonly balance: number[];
  readonly sharing: number[];
  isFlooding: boolean;
  isSpilling: boolean;
  isSurcharged: boolean;
}

export class Figures {
  /** Quanta by id, as the plan has them. */
  private readonly links: ReadonlyMap<string, number>;
  private readonly rounds: ReadonlyMap<string, number>;
  private readonly intakes: ReadonlyMap<string, number>;
  private readonly spills: ReadonlyMap<string, number>;
  private readonly floods: ReadonlyMap<string, number>;
  private readonly sums: Sums = {
    flooding: 0,
    spill: 0,
    starved: 0,
    surcharge: 0,
    moves: 0,
    cost: 0,
    security: NaN,
    balance: [],
    sharing: [],
    isFlooding: false,
    isSpilling: false,
    isSurcharged: false,
  };

  /** @param fault is told what is wrong */
  constructor(
    private readonly given: Given,
    private readonly plan: Plan,
    private readonly fault: (text: string) => void,
  ) {
    const { nodes, links } = given.network;
    const are = (wanted: (node: NetworkNode) => boolean) => nodes.filter(wanted).map(({ id }) => id);
    const ids = links.map(({ id }) => id);
    const intakes = plan.plants.map(({ id, intake }) => ({ id, flow: intake }));
    const plants = are(({ kind }) => kind === "plant");
    const outfalls = are(({ kind }) => kind === "outfall");
    const others = are(({ kind }) => kind !== "outfall");
    this.links = this.read("links", plan.links, ids, true);
    this.rounds = this.read("circulation", plan.circulation, ids, false);
    this.intakes = this.read("plants", intakes, plants, true);
    this.spills = this.read("spills", plan.spills, outfalls, true);
    this.floods = this.read("flooding", plan.flooding, others, false);
  }

  /** @param outages what the plan is to be secure against, for its objective `security` */
  check(outages: readonly (readonly Outage[])[] | undefined): void {
    this.checkBalance();
    // What a secured plan sends is what pumps and gates may carry after an outage: more than is needed before it.
    const isSecured = this.plan.objectives.some(({ name }) => name === "security");
    if (!isSecured) for (const text of faultsInCircles(this.given, this.links, this.rounds)) this.fault(text);
    this.checkLinks();
    this.checkMoves();
    this.checkEnds();
    this.checkLocks();
    this.checkSecurity(outages);
    this.checkObjectives();
  }

  /** The flow that a proof is about. */
  get flows(): Flows {
    const of = (flows: ReadonlyMap<string, number>) => (id: string) => flows.get(id) ?? 0;
    return {
      links: (id) => this.flowOf(id) + (this.rounds.get(id) ?? 0),
      intakes: of(this.intakes),
      spills: of(this.spills),
      floods: of(this.floods),
    };
  }

  /** Quanta that a link carries. */
  readonly flowOf = (link: string): number => this.links.get(link) ?? 0;

  /** Mass balance at every node, in whole quanta: exact. */
  private checkBalance(): void {
    const { nodes, network } = this.given;
    const left = new Map<string, number>();
    const put = (id: string, quanta: number) => {
      const sum = (left.get(id) ?? 0) + quanta;
      // Beyond whole numbers that a double holds, water could go missing in a sum.
      left.set(id, Number.isSafeInteger(sum) ? sum : NaN);
    };
    for (const node of nodes.values()) put(node.id, this.given.inflowOf(node));
    for (const { id, from, to } of network.links) {
      put(from, -this.flowOf(id));
      put(to, this.flowOf(id));
    }
    for (const ends of [this.intakes, this.spills, this.floods]) for (const [id, quanta] of ends) put(id, -quanta);
    for (const [id, quanta] of left) {
      if (Number.isNaN(quanta)) this.fault(`flows at ${show(id)} are too large to add up`);
      else if (quanta !== 0)
        this.fault(
          `balance at ${show(id)} is off by ${Math.abs(quanta)} ${Math.abs(quanta) === 1 ? "quantum" : "quanta"}`,
        );
    }
  }

  /** Bounds of links, and what the plan derives from their flows. */
  private checkLinks(): void {
    const { given, sums } = this;
    const rows = new Map(this.plan.links.map((row) => [row.id, row]));
    for (const link of given.network.links) {
      const row = rows.get(link.id);
      if (row === undefined) continue;
      const quanta = this.flowOf(link.id);
      const whole = quanta + (this.rounds.get(link.id) ?? 0);
      const room = given.capacityOf(link);
      const { least, most } = given.within(room, given.held(link));
      const name = `link ${show(link.id)}`;
      const isWithin = (flow: number) => Math.abs(flow) <= MOST_QUANTA && flow >= least && flow <= most;
      if (!isWithin(quanta)) this.fault(`${name} carries ${row.flow}, out of its bounds`);
      else if (!isWithin(whole)) this.fault(`${name} can't carry what circulates besides its flow`);
      const capacity = quanta < 0 ? -room.least : room.most;
      this.ratio(`utilisation of ${name}`, row.utilisation, capacity > 0 ? Math.abs(quanta) / capacity : 0);
      const above = link.target === undefined ? 0 : Math.max(0, Math.abs(quanta) - given.quanta(link.target));
      this.flow(`${name} above its target`, row.aboveTarget, above);
      sums.surcharge += above * link.weight;
      sums.isSurcharged ||= above > 0;
      sums.cost += this.perHour(Math.abs(quanta)) * link.energy * given.network.energyPrice;
      const setPoint = given.setPointOf(link);
      if (setPoint !== undefined) sums.moves += Math.abs(whole - setPoint);
    }
  }

  /** What leaves its set point is listed, and nothing else. */
  private checkMoves(): void {
    const { given, plan } = this;
    const moves = new Map(plan.moves.map((move) => [move.id, move]));
    if (moves.size < plan.moves.length) this.fault("moves list an element twice");
    for (const link of given.network.links) {
      const quanta = this.flowOf(link.id);
      const setPoint = given.setPointOf(link);
      const move = moves.get(link.id);
      moves.delete(link.id);
      const isMoved = setPoint !== undefined && setPoint !== quanta;
      if (move === undefined) {
        if (isMoved) this.fault(`moves don't list ${show(link.id)}, which leaves its set point`);
      } else if (isMoved) {
        this.flow(`move of ${show(link.id)}, from`, move.from, setPoint);
        this.flow(`move of ${show(link.id)}, to`, move.to, quanta);
      } else this.fault(`moves list ${show(link.id)}, which doesn't leave a set point`);
    }
    for (const id of moves.keys()) this.fault(`moves list ${show(id)}, which is no link of the network`);
  }

  /** Bounds of plants, outfalls and places that flood, and what the plan derives from what they take. */
  private checkEnds(): void {
    const { given, sums } = this;
    const rows = new Map(this.plan.plants.map((row) => [row.id, row]));
    for (const node of given.nodes.values()) {
      const flood = this.floods.get(node.id);
      if (flood !== undefined && flood <= 0) this.fault(`flooding lists ${show(node.id)}, which doesn't flood`);
      if (node.kind !== "outfall") sums.flooding += (flood ?? 0) * node.floodWeight;
      sums.isFlooding ||= (flood ?? 0) > 0;
      const inflow = given.inflowOf(node);
      if (inflow > 0) sums.sharing.push((flood ?? 0) / inflow);

      if (node.kind === "outfall") {
        const quanta = this.spills.get(node.id) ?? 0;
        // Less than nothing it can't be: that would have to come along a link, and none leads out of an outfall.
        if (quanta > given.roomIn(node))
          this.fault(`outfall ${show(node.id)} takes ${quanta} quanta, out of its bounds`);
        sums.spill += quanta * node.weight;
        sums.isSpilling ||= quanta > 0;
      }
      const row = rows.get(node.id);
      if (node.kind !== "plant" || row === undefined) continue;
      const quanta = this.intakes.get(node.id) ?? 0;
      const capacity = given.roomIn(node);
      const { least, most } = given.within({ least: 0, most: capacity }, given.held(node));
      const name = `plant ${show(node.id)}`;
      if (quanta < least || quanta > most) this.fault(`${name} takes in ${row.intake}, out of its bounds`);
      this.flow(`${name}: available`, row.available, capacity);
      this.flow(`${name}: headroom`, row.headroom, capacity - quanta);
      this.ratio(`${name}: utilisation`, row.utilisation, capacity > 0 ? quanta / capacity : 0);
      if (capacity > 0) sums.balance.push(quanta / capacity / node.weight);
      if (given.share(node) > 0) sums.starved += Math.max(0, given.quanta(node.minFlow) - quanta);
      sums.cost += this.perHour(quanta) * node.treatmentCost;
    }
    sums.balance.sort((a, b) => b - a);
    sums.sharing.sort((a, b) => b - a);
  }

  /** Every lock of the state is told, with the range it holds and how far the flow is from that. */
  private checkLocks(): void {
    const { given, plan } = this;
    const rows = new Map(plan.locks.map((row) => [row.id, row]));
    if (rows.size < plan.locks.length) this.fault("locks list an element twice");
    for (const element of [...given.nodes.values(), ...given.network.links]) {
      const { least, most } = given.held(element);
      const row = rows.get(element.id);
      rows.delete(element.id);
      const isHeld = least > -Infinity || most < Infinity;
      if (row === undefined) {
        if (isHeld) this.fault(`locks don't list ${show(element.id)}, which the state holds`);
        continue;
      }
      const name = `lock of ${show(element.id)}`;
      const quanta = this.intakes.get(element.id) ?? this.flowOf(element.id);
      const isSame = (found: number | undefined, bound: number) =>
        found === undefined ? !Number.isFinite(bound) : given.quanta(found) === bound;
      if (!isSame(row.min, least) || !isSame(row.max, most)) this.fault(`${name} isn't the state's`);
      this.flow(`${name}: flow`, row.flow, quanta);
      this.flow(`${name}: short`, row.short, Math.max(0, least - quanta, quanta - most));
      for (const { objective, after, place = 1 } of row.costs) {
        const { value } = plan.objectives.find(({ name }) => name === objective) ?? {};
        if (value === undefined) this.fault(`${name} costs in ${show(objective)}, which is no objective of the plan`);
        else if ((typeof value === "number" ? value : value[place - 1]) !== after)
          this.fault(`${name} makes ${show(objective)} ${after}, which isn't what it comes to`);
      }
    }
    for (const id of rows.keys()) this.fault(`locks list ${show(id)}, which isn't there to be held`);
  }

  /** What spills and floods after the worst of the outages while pumps and gates stay as they are. */
  private checkSecurity(outages: readonly (readonly Outage[])[] | undefined): void {
    if (!this.plan.objectives.some(({ name }) => name === "security")) return;
    if (outages === undefined) {
      this.fault('objective "security" can\'t be checked without its outages: give them as the option secure');
      return;
    }
    const { network, state } = this.given;
    const risks = outages.map((lost) => riskOf(network, state, this.links, lost));
    this.sums.security = risks.reduce((worst, risk) => Math.max(worst, risk), 0);
  }

  /** The status and each objective's value. */
  private checkObjectives(): void {
    const { sums, plan } = this;
    const { isFlooding, isSpilling, isSurcharged } = sums;
    const status = isFlooding ? "flooding" : isSpilling ? "spilling" : isSurcharged ? "surcharged" : "normal";
    if (plan.status !== status) this.fault(`the status is "${plan.status}"; the flows make it "${status}"`);
    const one = this.given.quanta(1);
    const flow = this.given.network.units.flow;
    const seen = new Set<string>();
    for (const { name, value, unit } of plan.objectives) {
      if (seen.has(name)) this.fault(`objective "${name}" occurs twice`);
      seen.add(name);
      if (name === "balance" || name === "sharing") {
        const right = sums[name];
        if (value.length !== right.length)
          this.fault(`objective "${name}" has ${value.length} figures; there are ${right.length} to compare`);
        else
          for (const [i, figure] of value.entries()) this.ratio(`objective "${name}"[${i}]`, figure, right[i] ?? NaN);
        continue;
      }
      if (!Number.isNaN(sums[name]))
        this.ratio(`objective "${name}"`, value, name === "cost" ? sums.cost : sums[name] / one);
      const right = name === "cost" ? "money/h" : flow;
      if (unit !== right) this.fault(`objective "${name}" is in ${show(unit)}; its unit is ${show(right)}`);
    }
  }

  /** m³ per hour. */
  private perHour(quanta: number): number {
    return quanta / quantaPer("m3/h", this.given.network.units.flow);
  }

  private ratio(what: string, found: number, right: number): void {
    if (!(Math.abs(found - right) <= RATIO * Math.max(1, Math.abs(right))))
      this.fault(`${what} is ${found}; the flows give ${right}`);
  }

  private flow(what: string, found: number, right: number): void {
    const off = Math.abs(this.given.quanta(found) - right);
    if (off !== 0) this.fault(`${what}: ${found} is off by ${off} quanta from what the flows give`);
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
      found.set(id, this.given.quanta(flow));
    }
    if (isComplete) for (const id of ids) if (!found.has(id)) this.fault(`${part} doesn't list ${show(id)}`);
    return found;
  }
}
