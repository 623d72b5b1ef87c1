/**
 * Minimum-cost flow by the primal network simplex method, exact on whole numbers, warm-started after any change.
 *
 *     minimise   Σ cost[a]·flow[a]
 *     such that  Σ flow out of v − Σ flow into v = supply[v]   for every node v        (supply > 0 is inflow)
 *                lower[a] ≤ flow[a] ≤ upper[a]                  for every arc a
 *
 * Duals: the reduced cost of an arc is rc(a) = cost[a] + potential[tail] − potential[head]. After "optimal", rc(a) > 0 only
 * where flow = lower and rc(a) < 0 only where flow = upper, which proves that the flow is optimal.
 *
 * Numbers. Everything is a whole number held in float64, so every sum is exact, a reduced cost is zero or it isn't, and no
 * tolerance occurs. What could leave ±(2^53 − 1) is refused with a `FlowError`, never rounded:
 *   - costs: with P the sum over the nodes of the dearest incident arc (no path in a tree costs more; the cruder nodes × dearest
 *     arc is tried first), M = P + 1 is the cost of an artificial arc. Potentials stay within 4M and reduced costs within 9M, so
 *     P ≤ 2^49 is required.
 *   - flows: only an arc without an upper bound can outgrow the range. Every place where flow grows looks.
 *
 * The tree. Nodes are joined to an extra root; a node that no arc of the network joins to its parent hangs on the root by an
 * artificial arc of cost M. An artificial arc that leaves the tree never returns; flow left on one at the end means "infeasible".
 * Invariants between pivots, by labels (1 … n in the preorder of the tree the solve began with; 0 is the root):
 *   - parent; thread and rev, the preorder as a ring, and its inverse; size and last, count and last node of a subtree;
 *   - pred, the arc to the parent: 2·slot, plus 1 if the slot's arc points down; ARTIFICIAL if it is artificial;
 *   - up and down, how much more can be sent over that arc to the parent and from the parent. Keeping residuals at the nodes
 *     means that the ratio test and the augmentation read no arc at all;
 *   - pi, such that rc = 0 on every tree arc. Only differences count: a pivot shifts the smaller of the two parts of the tree,
 *     so that pi[ROOT] drifts (within 2M) and is subtracted in the end.
 * Slots. Arcs that can move (lower < upper) are copied side by side in pricing order, each as its residual arc: one that rests at
 * its upper bound is stored reversed, with its cost negated. So an arc is worth entering if and only if its reduced cost is
 * negative, whatever its state; tree arcs need no test as theirs is 0; and fixed arcs cost nothing, as they have no slot (those in
 * the tree have one behind the priced ones). A bound flip reverses a slot.
 *
 * Pricing is block search: blocks of √slots, the best of the first block that has any. Arcs are mixed so that a block
 * samples the whole network.
 *
 * Termination. A tree is strongly feasible if every node can send something to the root (up > 0). The last blocking arc along the
 * cycle, seen from the join in the direction of the entering arc, leaves: this keeps a strongly feasible tree so, and makes
 * degenerate pivots move potentials one way only, so no tree returns. A tree that was kept from an earlier solve, or guessed, may
 * fail the condition at some nodes. Then degenerate pivots may also occur on the head's side; after as many of them as there were
 * such nodes, those nodes are hung on the root, which makes the tree strongly feasible for good.
 *
 * Starts. Cold: the shortest-path forest into the nodes of negative supply. Warm: the last tree. Either way, one pass from the
 * leaves computes what the tree must carry; where that exceeds a bound, the arc is left at the bound and its lower node takes the
 * rest to the root by an artificial arc. The rest of the tree stays. A change of costs alone leaves the tree as it is.
 *
 * Complexity. O(n + m) for the start of a solve (O(n + m log n) if cold); per pivot O(√m) for pricing as a rule, O(m) at most, and
 * O(depth + smaller part of the tree) for the update. The number of pivots is exponential in the worst case and nearly linear in
 * practice. Memory: 81 bytes per arc and 96 per node, all allocated by the constructor; `solve` allocates nothing that grows.
 *
 * @see Ahuja, Magnanti & Orlin, Network Flows (1993), ch. 11; Kelly & O'Neill, The Minimum Cost Flow Problem and the Network Simplex
 *      Method (1991); Kovács, Optim. Methods Softw. 30 (2015) 94–127; Cunningham, Math. Program. 11 (1976) 105–116
 */
import { FlowError } from "../errors.js";
import { badArc, checkNetwork, overflow } from "./network-checks.js";

/**
 * "optimal": `flow` and `potential` hold the answer. "infeasible": no flow meets balances and bounds. "unbounded": some flow does,
 * and a cycle of arcs without upper bound and of negative cost makes it as cheap as you like. After the latter two `flow` and
 * `potential` are only where the search ended.
 */
export type SolveStatus = "optimal" | "infeasible" | "unbounded";

const MAX = Number.MAX_SAFE_INTEGER;
const MAX_PATH_COST = 2 ** 49;
const ROOT = 0;
const ARTIFICIAL = -1;
const AT_LOWER = -1;
const IN_TREE = 0;
const AT_UPPER = 1;

/**
 * A network whose costs, bounds and supplies may change between solves; see the head of the file.
 *
 * @example
 * const s = new NetworkSimplex(3, [0, 0, 1], [1, 2, 2]);
 * s.supply.set([5, 0, -5]);
 * s.upper.set([9, 3, 9]);
 * s.cost.set([1, 3, 1]);
 * s.solve(); // "optimal"
 * s.flow; // [5, 0, 5]
 */
export class NetworkSimplex {
  /** Per arc, written by the caller between solves; initially 0, Infinity and 0. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly cost: Float64Array;
  /** Per node, written by the caller between solves; sums to 0. */
  readonly supply: Float64Array;
  /** Per arc, valid after "optimal". */
  readonly flow: Float64Array;
  /**
   * Per node, valid after "optimal". Only differences count. Between parts of the network that no movable arc joins, or where
   * supplies fit exactly, the difference may be as large as the cost of artificial arcs: it proves optimality but is no price.
   */
  readonly potential: Float64Array;
  /** Per arc after a solve: −1 at lower (or fixed), 0 in the tree, 1 at upper. */
  readonly state: Int8Array;
  /** Pivots of all solves so far. */
  pivots = 0;
  /** Tree arcs of all solves so far that were out of bounds, or in the way of strong feasibility, and were cut. */
  repairs = 0;

  // The network: arc ends, arcs sorted by head (for the cold start), and the pricing order.
  private readonly tail: Int32Array;
  private readonly head: Int32Array;
  private readonly into: Int32Array; // m arcs, those into v from intoStart[v] to intoStart[v + 1]
  private readonly intoStart: Int32Array;
  private readonly mixed: Int32Array;

  // The tree between solves, by node. `hang` is the parent (n: the root), `link` the arc to it: 2·arc, plus 1 if it points down.
  private readonly hang: Int32Array;
  private readonly link: Int32Array;
  private readonly order: Int32Array; // the n nodes, parents first
  private planted = false;

  // Scratch of `load`, by node; one more for the root.
  private readonly excess: Float64Array;
  private readonly label: Int32Array;

  // The tree within a solve, by label: n nodes and the root.
  private readonly nodeOf: Int32Array;
  private readonly parent: Int32Array;
  private readonly pred: Int32Array;
  private readonly thread: Int32Array;
  private readonly rev: Int32Array;
  private readonly size: Int32Array;
  private readonly last: Int32Array;
  private readonly up: Float64Array;
  private readonly down: Float64Array;
  private readonly pi: Float64Array;

  // Slots. An arc has one at most, so m are enough: movable arcs from the front, fixed tree arcs from the back.
  private readonly slotOf: Int32Array; // by arc, valid for tree arcs
  private readonly arcOf: Int32Array; // 2·arc, plus 1 if stored reversed
  private readonly ends: Int32Array; // 2 per slot: labels of tail and head as stored
  private readonly price: Float64Array; // cost as stored
  private readonly room: Float64Array; // upper − lower
  private slots = 0; // how many are priced
  private block = 0;
  private next = 0; // where pricing goes on

  private artificialCost = 0;
  private ignoreCosts = false;
  private grace = 0; // degenerate pivots on the head's side that are still allowed

  /**
   * @param nodes number of nodes, 0 or more
   * @param tail node that each arc leaves, 0 … nodes − 1
   * @param head node that each arc enters; parallel and antiparallel arcs may occur, self-loops not
   * @throws FlowError "bad-network"
   */
  constructor(
    readonly nodes: number,
    tail: ArrayLike<number>,
    head: ArrayLike<number>,
  ) {
    checkNetwork(nodes, tail, head);
    const n = nodes;
    const m = tail.length;
    this.tail = Int32Array.from(tail);
    this.head = Int32Array.from(head);
    this.lower = new Float64Array(m);
    this.upper = new Float64Array(m).fill(Infinity);
    this.cost = new Float64Array(m);
    this.supply = new Float64Array(n);
    this.flow = new Float64Array(m);
    this.potential = new Float64Array(n);
    this.state = new Int8Array(m).fill(AT_LOWER);
    this.hang = new Int32Array(n);
    this.link = new Int32Array(n);
    this.order = new Int32Array(n);
    this.excess = new Float64Array(n + 1);
    this.label = new Int32Array(n + 1);
    this.nodeOf = new Int32Array(n + 1);
    this.parent = new Int32Array(n + 1);
    this.pred = new Int32Array(n + 1);
    this.thread = new Int32Array(n + 1);
    this.rev = new Int32Array(n + 1);
    this.size = new Int32Array(n + 1);
    this.last = new Int32Array(n + 1);
    this.up = new Float64Array(n + 1);
    this.down = new Float64Array(n + 1);
    this.pi = new Float64Array(n + 1);
    this.slotOf = new Int32Array(m);
    this.arcOf = new Int32Array(m);
    this.ends = new Int32Array(2 * m);
    this.price = new Float64Array(m);
    this.room = new Float64Array(m);

    // Count, add up, and place; placing moves each start on to the next one's, hence the shift by two.
    this.into = new Int32Array(m);
    this.intoStart = new Int32Array(n + 2);
    const { into, intoStart } = this;
    for (let a = 0; a < m; a++) intoStart[this.head[a]! + 2]!++;
    for (let v = 2; v < n + 2; v++) intoStart[v]! += intoStart[v - 1]!;
    for (let a = 0; a < m; a++) into[intoStart[this.head[a]! + 1]!++] = a;

    // Strides across the network, in bunches of four neighbours as these share cache lines.
    this.mixed = new Int32Array(m);
    const bunch = 4;
    const stride = bunch * Math.max(10, Math.ceil(Math.sqrt(m)));
    let k = 0;
    for (let first = 0; first < stride; first += bunch) {
      for (let from = first; from < m; from += stride) {
        for (let a = from; a < m && a < from + bunch; a++) this.mixed[k++] = a;
      }
    }
  }

  /** Forgets the tree: the next solve is cold, and gives what a new object would. */
  reset(): void {
    this.planted = false;
  }

  /**
   * Solves for the present costs, bounds and supplies, from the last tree if there is one.
   *
   * @throws FlowError "bad-number", "bad-bounds", "unbalanced" or "cost-overflow" before any work, the tree kept;
   *   "flow-overflow" when a flow would leave ±(2^53 − 1), the tree forgotten
   */
  solve(): SolveStatus {
    this.artificialCost = this.checkData() + 1;
    this.ignoreCosts = false;
    if (!this.planted) this.plant();
    this.planted = false; // until the end is reached
    this.load(false);
    let status: SolveStatus = this.run() ? "optimal" : "unbounded";
    if (this.hasArtificialFlow()) {
      if (status === "unbounded") {
        // A ray is no answer as long as nobody knows whether there is a flow to start along it.
        this.save();
        this.ignoreCosts = true;
        this.artificialCost = 1;
        this.load(false);
        this.run();
      }
      if (this.hasArtificialFlow()) status = "infeasible";
    }
    this.save();
    this.planted = true;
    return status;
  }

  /**
   * Potentials for another cost on the last tree: those that make its reduced cost 0 on every arc of it that can change. Of those that
   * can't, the cost counts as 0.
   *
   * @param isFirst whether what hangs on artificial arcs pays for them, as much as in the last solve
   */
  priceTree(cost: Float64Array, isFirst: boolean, into: Float64Array): void {
    const { lower, upper, hang, link, order, potential, artificialCost } = this;
    for (let k = 0; k < this.nodes; k++) {
      const v = order[k]!;
      const p = link[v]!;
      if (p === ARTIFICIAL) {
        into[v] = !isFirst ? 0 : potential[v]! < 0 ? -artificialCost : artificialCost;
        continue;
      }
      const a = p >> 1;
      const c = lower[a] === upper[a] ? 0 : cost[a]!;
      into[v] = into[hang[v]!]! + (p & 1 ? c : -c);
    }
  }

  /** @returns an upper bound of what a path in a tree costs */
  private checkData(): number {
    const { lower, upper, cost, supply } = this;
    const m = cost.length;
    let dearest = 0;
    for (let a = 0; a < m; a++) {
      const l = lower[a]!;
      const u = upper[a]!;
      const c = cost[a]!;
      const abs = c < 0 ? -c : c;
      if (abs > dearest) dearest = abs;
      const whole = Math.floor(c) === c && Math.floor(l) === l && Math.floor(u) === u && abs <= MAX;
      // Saying what is wrong is left to a function of its own: the texts would make this loop three times slower.
      if (!(whole && l <= u && l >= -MAX && l <= MAX && (u === Infinity || (u <= MAX && u - l <= MAX)))) {
        throw badArc(a, l, u, c);
      }
    }
    let sum = 0;
    let total = 0;
    for (let v = 0; v < this.nodes; v++) {
      const b = supply[v]!;
      if (Math.floor(b) !== b) throw new FlowError("bad-number", `supply[${v}] is ${b}; a supply is a whole number.`);
      total += b < 0 ? -b : b;
      sum += b;
    }
    if (!(total <= MAX))
      throw new FlowError("flow-overflow", `The supplies' magnitudes sum to ${total}, beyond 2^53 − 1.`);
    if (sum !== 0) throw new FlowError("unbalanced", `The supplies sum to ${sum}; they must sum to 0.`);
    let path = dearest * this.nodes;
    if (path > MAX_PATH_COST) path = this.pathCost();
    if (path > MAX_PATH_COST) {
      throw new FlowError(
        "cost-overflow",
        `A path may cost ${path}; beyond 2^49 potentials would not be exact. Scale the costs.`,
      );
    }
    return path;
  }

  /** Each arc of a path to the root is charged to its lower node, which pays for its dearest arc. */
  private pathCost(): number {
    const { tail, head, cost, excess } = this;
    excess.fill(0);
    for (let a = 0; a < cost.length; a++) {
      const c = Math.abs(cost[a]!);
      if (c > excess[tail[a]!]!) excess[tail[a]!] = c;
      if (c > excess[head[a]!]!) excess[head[a]!] = c;
    }
    let path = 0;
    for (let v = 0; v < this.nodes; v++) path += excess[v]!;
    return path;
  }

  /** The cold start: shortest paths (Dijkstra, negative costs taken as 0) into the nodes of negative supply. */
  private plant(): void {
    const { nodes: n, supply, lower, upper, cost, tail, into, intoStart, state, hang, link, order } = this;
    const { pi: dist, thread: heap, label: place } = this; // free until `load`
    const settled = -2;
    state.fill(AT_LOWER);
    hang.fill(n);
    link.fill(ARTIFICIAL);
    this.next = 0;
    dist.fill(Infinity);
    place.fill(-1);
    let length = 0;
    let k = 0;
    for (let v = 0; v < n; v++) {
      if (supply[v]! < 0) {
        dist[v] = 0;
        heap[length] = v;
        place[v] = length++;
      }
    }
    while (length > 0) {
      const v = heap[0]!;
      const d = dist[v]!;
      order[k++] = v;
      place[v] = settled;
      if (link[v] !== ARTIFICIAL) state[link[v]! >> 1] = IN_TREE;
      const moved = heap[--length]!;
      if (length > 0) {
        const key = dist[moved]!;
        let i = 0;
        for (let c = 1; c < length; c = 2 * i + 1) {
          if (c + 1 < length && dist[heap[c + 1]!]! < dist[heap[c]!]!) c++;
          const w = heap[c]!;
          if (dist[w]! >= key) break;
          heap[i] = w;
          place[w] = i;
          i = c;
        }
        heap[i] = moved;
        place[moved] = i;
      }
      for (let e = intoStart[v]!, end = intoStart[v + 1]!; e < end; e++) {
        const a = into[e]!;
        const u = tail[a]!;
        let i = place[u]!;
        if (i === settled) continue;
        const c = cost[a]!;
        const key = c > 0 ? d + c : d;
        if (key >= dist[u]! || lower[a] === upper[a]) continue;
        dist[u] = key;
        hang[u] = v;
        link[u] = 2 * a;
        if (i < 0) i = length++;
        while (i > 0) {
          const above = (i - 1) >> 1;
          const w = heap[above]!;
          if (dist[w]! <= key) break;
          heap[i] = w;
          place[w] = i;
          i = above;
        }
        heap[i] = u;
        place[u] = i;
      }
    }
    for (let v = 0; v < n; v++) if (place[v] !== settled) order[k++] = v;
  }

  /**
   * From the tree by nodes to labels, residuals, potentials and slots; cuts tree arcs that are out of bounds, and with `strong`
   * those over which nothing more can be sent towards the root.
   */
  private load(strong: boolean): void {
    this.computeTreeFlows(strong);
    this.labelNodes();
    this.fillSlots();
    this.fillTree();
  }

  /** Leaves in `excess` what each node sends to its parent, in `size` (here by node) the sizes of subtrees. */
  private computeTreeFlows(strong: boolean): void {
    const { nodes: n, tail, head, lower, upper, state, supply, hang, link, order, excess, size } = this;
    excess.set(supply);
    excess[n] = 0;
    for (let a = 0; a < state.length; a++) {
      const s = state[a]!;
      if (s === IN_TREE) continue;
      let f = lower[a]!;
      if (s === AT_UPPER) {
        const u = upper[a]!;
        if (u === Infinity || u === f) state[a] = AT_LOWER;
        else f = u;
      }
      if (f === 0) continue;
      const out = (excess[tail[a]!]! -= f);
      const in_ = (excess[head[a]!]! += f);
      if (Math.abs(out) > MAX || Math.abs(in_) > MAX) throw overflow();
    }
    size.fill(1);
    let weak = 0;
    for (let k = n - 1; k >= 0; k--) {
      const v = order[k]!;
      const p = link[v]!;
      if (p !== ARTIFICIAL) {
        const a = p >> 1;
        const q = hang[v]!;
        const f = excess[v]!;
        const least = p & 1 ? -upper[a]! : lower[a]!;
        const most = p & 1 ? -lower[a]! : upper[a]!;
        const g = f < least ? least : f > most ? most : f;
        if (Math.abs((excess[q]! += g)) > MAX) throw overflow();
        if (g === most) weak++;
        if (g === f && !(strong && g === most)) {
          size[q]! += size[v]!;
          continue;
        }
        if (Math.abs((excess[v]! -= g)) > MAX) throw overflow();
        state[a] = (g === most) === ((p & 1) === 0) ? AT_UPPER : AT_LOWER;
        link[v] = ARTIFICIAL;
        hang[v] = n;
        this.repairs++;
      }
      size[n]! += size[v]!;
    }
    this.grace = weak;
  }

  /** Labels in preorder make the first sweeps over subtrees run straight through memory. */
  private labelNodes(): void {
    const { nodes: n, hang, order, label, nodeOf, size, last } = this;
    const free = last; // by node: the next label for a child
    label[n] = ROOT;
    nodeOf[ROOT] = n;
    free[n] = 1;
    for (let k = 0; k < n; k++) {
      const v = order[k]!;
      const q = hang[v]!;
      const i = free[q]!;
      free[q] = i + size[v]!;
      free[v] = i + 1;
      label[v] = i;
      nodeOf[i] = v;
    }
  }

  private fillSlots(): void {
    const { tail, head, lower, upper, cost, state, mixed, label, slotOf, arcOf, ends, price, room, ignoreCosts } = this;
    const m = tail.length;
    let free = 0;
    let fixed = m;
    for (let k = 0; k < m; k++) {
      const a = mixed[k]!;
      const width = upper[a]! - lower[a]!;
      const st = state[a]!;
      let s = free;
      if (width > 0) free++;
      else if (st === IN_TREE) s = --fixed;
      else continue;
      const t = label[tail[a]!]!;
      const h = label[head[a]!]!;
      const c = ignoreCosts ? 0 : cost[a]!;
      room[s] = width;
      if (st === AT_UPPER) {
        arcOf[s] = 2 * a + 1;
        ends[2 * s] = h;
        ends[2 * s + 1] = t;
        price[s] = -c;
      } else {
        arcOf[s] = 2 * a;
        ends[2 * s] = t;
        ends[2 * s + 1] = h;
        price[s] = c;
        if (st === IN_TREE) slotOf[a] = s;
      }
    }
    this.slots = free;
    this.block = Math.max(10, Math.ceil(Math.sqrt(free)));
    if (this.next >= free) this.next = 0;
  }

  private fillTree(): void {
    const { nodes: n, lower, link, hang, excess, label, nodeOf, slotOf, price, room, artificialCost } = this;
    const { parent, pred, thread, rev, size, last, up, down, pi } = this;
    parent[ROOT] = -1;
    pi[ROOT] = 0;
    for (let i = 1; i <= n; i++) {
      const v = nodeOf[i]!;
      const p = link[v]!;
      const f = excess[v]!;
      if (p === ARTIFICIAL) {
        // It points to where its flow goes; upwards if there is none, for strong feasibility.
        parent[i] = ROOT;
        pred[i] = ARTIFICIAL;
        up[i] = f < 0 ? -f : Infinity;
        down[i] = f < 0 ? Infinity : f;
        pi[i] = f < 0 ? artificialCost : -artificialCost;
      } else {
        const a = p >> 1;
        const s = slotOf[a]!;
        const downward = p & 1;
        const x = (downward ? -f : f) - lower[a]!;
        if (x > MAX) throw overflow();
        const q = label[hang[v]!]!;
        parent[i] = q;
        pred[i] = 2 * s + downward;
        up[i] = downward ? x : room[s]! - x;
        down[i] = downward ? room[s]! - x : x;
        pi[i] = downward ? pi[q]! + price[s]! : pi[q]! - price[s]!;
      }
    }
    size.fill(1);
    for (let i = n; i > 0; i--) {
      size[parent[i]!]! += size[i]!;
      last[i] = i + size[i]! - 1;
      thread[i - 1] = i;
      rev[i] = i - 1;
    }
    last[ROOT] = n;
    thread[n] = ROOT;
    rev[ROOT] = n;
  }

  /** Back from labels to nodes and arcs: the results, and the tree for the next solve. */
  private save(): void {
    const { lower, upper, flow, state, potential, hang, link, order, slots, arcOf } = this;
    const { nodeOf, parent, pred, thread, up, down, pi } = this;
    flow.set(lower);
    state.fill(AT_LOWER);
    for (let s = 0; s < slots; s++) {
      const e = arcOf[s]!;
      if (e & 1) {
        flow[e >> 1] = upper[e >> 1]!;
        state[e >> 1] = AT_UPPER;
      }
    }
    const base = pi[ROOT]!;
    let k = 0;
    for (let i = thread[ROOT]!; i !== ROOT; i = thread[i]!) {
      const v = nodeOf[i]!;
      const p = pred[i]!;
      order[k++] = v;
      hang[v] = nodeOf[parent[i]!]!;
      potential[v] = pi[i]! - base;
      if (p === ARTIFICIAL) {
        link[v] = ARTIFICIAL;
        continue;
      }
      const e = arcOf[p >> 1]!;
      const a = e >> 1;
      const back = p & 1 ? up[i]! : down[i]!; // what could be taken back from the arc as stored
      const f = e & 1 ? upper[a]! - back : lower[a]! + back;
      if (f > MAX) throw overflow();
      flow[a] = f;
      state[a] = IN_TREE;
      link[v] = e ^ (p & 1);
    }
  }

  private hasArtificialFlow(): boolean {
    const { pred, up, down } = this;
    // One of the two is infinite, the other is the flow.
    for (let i = 1; i <= this.nodes; i++) if (pred[i] === ARTIFICIAL && up[i] !== 0 && down[i] !== 0) return true;
    return false;
  }

  /** Pivots to the end. @returns false on meeting a ray */
  private run(): boolean {
    for (let s = this.findEntering(); s >= 0; s = this.findEntering()) {
      this.pivots++;
      if (!this.pivot(s)) return false;
      if (this.grace < 0) {
        this.save();
        this.load(true);
      }
    }
    return true;
  }

  /** The slot of the most negative reduced cost in the next block that has one, or −1. */
  private findEntering(): number {
    const { ends, price, pi, slots, block } = this;
    let s = this.next;
    let least = 0;
    let best = -1;
    for (let left = slots; left > 0 && best < 0;) {
      let count = block < left ? block : left;
      left -= count;
      while (count > 0) {
        const stop = count < slots - s ? s + count : slots;
        count -= stop - s;
        // This loop is a third of the run time; taking four at a time saves a tenth of the whole.
        let e = 2 * s;
        for (const stop4 = stop - 3; s < stop4; s += 4, e += 8) {
          const r0 = price[s]! + pi[ends[e]!]! - pi[ends[e + 1]!]!;
          const r1 = price[s + 1]! + pi[ends[e + 2]!]! - pi[ends[e + 3]!]!;
          const r2 = price[s + 2]! + pi[ends[e + 4]!]! - pi[ends[e + 5]!]!;
          const r3 = price[s + 3]! + pi[ends[e + 6]!]! - pi[ends[e + 7]!]!;
          if (r0 < least) {
            least = r0;
            best = s;
          }
          if (r1 < least) {
            least = r1;
            best = s + 1;
          }
          if (r2 < least) {
            least = r2;
            best = s + 2;
          }
          if (r3 < least) {
            least = r3;
            best = s + 3;
          }
        }
        for (; s < stop; s++, e += 2) {
          const r = price[s]! + pi[ends[e]!]! - pi[ends[e + 1]!]!;
          if (r < least) {
            least = r;
            best = s;
          }
        }
        if (s === slots) s = 0;
      }
    }
    this.next = s;
    return best;
  }

  /** Sends what the cycle of slot `s` can carry; exchanges arcs unless its own bound stops it. @returns false if nothing does */
  private pivot(s: number): boolean {
    const { parent, size, up, down, ends } = this;
    const i = ends[2 * s]!;
    const j = ends[2 * s + 1]!;
    const room = this.room[s]!;

    // Ratio test on the way up to the join. On the tail's side the cycle runs downwards, and of equals the one met first is the
    // last along the cycle; on the head's side it is the one met last, and it comes after the entering arc too.
    let u = i;
    let w = j;
    let tailMin = Infinity;
    let headMin = Infinity;
    let tailOut = -1;
    let headOut = -1;
    while (u !== w) {
      if (size[u]! < size[w]!) {
        const d = down[u]!;
        if (d < tailMin) {
          tailMin = d;
          tailOut = u;
        }
        u = parent[u]!;
      } else {
        const d = up[w]!;
        if (d <= headMin) {
          headMin = d;
          headOut = w;
        }
        w = parent[w]!;
      }
    }
    const join = u;
    let delta = room;
    let out = -1;
    let tailSide = true;
    if (tailMin < delta) {
      delta = tailMin;
      out = tailOut;
    }
    if (headMin <= delta) {
      delta = headMin;
      out = headOut;
      tailSide = false;
    }
    if (delta === Infinity) return false;

    if (delta > 0) {
      for (u = i; u !== join; u = parent[u]!) {
        down[u]! -= delta;
        const grown = (up[u]! += delta);
        if (grown > MAX && grown !== Infinity) throw overflow();
      }
      for (u = j; u !== join; u = parent[u]!) {
        up[u]! -= delta;
        const grown = (down[u]! += delta);
        if (grown > MAX && grown !== Infinity) throw overflow();
      }
    } else if (!tailSide) {
      this.grace--;
    }
    if (out < 0) {
      this.reverse(s);
      return true;
    }

    const inner = tailSide ? i : j; // the end of the entering arc in the part that is cut off
    const outer = tailSide ? j : i;
    const r = this.price[s]! + this.pi[i]! - this.pi[j]!;
    const gone = this.pred[out]!;
    // Blocked on its way up and pointing up, or down and down: it is at its upper bound, as stored.
    if (gone !== ARTIFICIAL && tailSide === ((gone & 1) === 1)) this.reverse(gone >> 1);
    const count = size[out]!;
    this.cut(out, join, outer);
    const end = this.reroot(out, inner, outer);
    this.pred[inner] = tailSide ? 2 * s : 2 * s + 1;
    up[inner] = tailSide ? room - delta : delta;
    down[inner] = tailSide ? delta : room - delta;
    this.attach(inner, end, outer);
    this.shift(inner, end, count, tailSide ? -r : r);
    return true;
  }

  /** Stores an arc that has come to its other bound as its residual arc. */
  private reverse(s: number): void {
    const { ends, price, arcOf } = this;
    const i = ends[2 * s]!;
    ends[2 * s] = ends[2 * s + 1]!;
    ends[2 * s + 1] = i;
    price[s] = -price[s]!;
    arcOf[s]! ^= 1;
  }

  /** Takes the subtree of `out` off the ring, and its size from one side of the cycle to the other. */
  private cut(out: number, join: number, outer: number): void {
    const { parent, thread, rev, size, last } = this;
    const q = parent[out]!;
    const count = size[out]!;
    const end = last[out]!;
    const before = rev[out]!;
    const after = thread[end]!;
    thread[before] = after;
    rev[after] = before;
    for (let u = q; u >= 0 && last[u] === end; u = parent[u]!) last[u] = before;
    for (let u = q; u !== join; u = parent[u]!) size[u]! -= count;
    for (let u = outer; u !== join; u = parent[u]!) size[u]! += count;
  }

  /**
   * Turns the path from `inner` up to `out` upside down, so that `inner` becomes the root of the part that was cut off.
   *
   * For nodes c, v next to each other on that path (v the old parent of c), what v keeps below it is two stretches of the old
   * preorder: from v to just before c, and from just after c's subtree to the end of v's. The new preorder is c's stretches, then
   * v's, then those of v's old parent and so on. @returns the last node of the new preorder
   */
  private reroot(out: number, inner: number, outer: number): number {
    const { parent, pred, thread, rev, size, last, up, down } = this;
    const count = size[out]!;
    let end = last[inner]!;
    let c = inner;
    // What c had before it was changed.
    let above = parent[c]!;
    let cPred = pred[c]!;
    let cUp = up[c]!;
    let cDown = down[c]!;
    let cSize = size[c]!;
    let cRev = rev[c]!;
    let cLast = end;
    let cAfter = thread[cLast]!;
    parent[c] = outer;
    size[c] = count;
    while (c !== out) {
      const v = above;
      const vRev = rev[v]!;
      const vLast = last[v]!;
      thread[end] = v;
      rev[v] = end;
      end = cRev;
      if (cLast !== vLast) {
        const vAfter = thread[vLast]!;
        thread[end] = cAfter;
        rev[cAfter] = end;
        end = vLast;
        cLast = vLast;
        cAfter = vAfter;
      }
      cRev = vRev;
      above = parent[v]!;
      parent[v] = c;
      const vPred = pred[v]!;
      pred[v] = cPred ^ 1;
      cPred = vPred;
      const vUp = up[v]!;
      const vDown = down[v]!;
      up[v] = cDown;
      down[v] = cUp;
      cUp = vUp;
      cDown = vDown;
      const vSize = size[v]!;
      size[v] = count - cSize;
      cSize = vSize;
      c = v;
    }
    for (c = out; c !== outer; c = parent[c]!) last[c] = end;
    return end;
  }

  /** Puts the stretch from `inner` to `end` into the ring, right behind its new parent. */
  private attach(inner: number, end: number, outer: number): void {
    const { parent, thread, rev, last } = this;
    const after = thread[outer]!;
    thread[outer] = inner;
    rev[inner] = outer;
    thread[end] = after;
    rev[after] = end;
    for (let u = outer; u >= 0 && last[u] === outer; u = parent[u]!) last[u] = end;
  }

  /** Adds `sigma` to the potentials from `inner` to `end`, or takes it from all others if these are fewer. */
  private shift(inner: number, end: number, count: number, sigma: number): void {
    const { pi, thread } = this;
    const all = this.nodes + 1;
    let v = inner;
    let left = count;
    let by = sigma;
    if (2 * count > all && Math.abs(pi[ROOT]! - sigma) <= 2 * this.artificialCost) {
      v = thread[end]!;
      left = all - count;
      by = -sigma;
    }
    for (; left > 0; left--) {
      pi[v]! += by;
      v = thread[v]!;
    }
  }
}
