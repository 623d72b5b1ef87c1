/**
 * Nodes in parts, and the parts in an order: sinks of one part run level, and the levels fall from part to part. Part 0 is that of the ground and of
 * all from which a relief can be reached; it comes last.
 *
 * Parts keep their names while others come and go; the order is of ranks, which part 0 has the largest of.
 */

/** The rank of part 0: after all others, and a small integer, which engines don't box. */
const LAST = 2 ** 30;

export class PartsInOrder {
  /** Per node: the part it belongs to. */
  readonly of: Int32Array;
  /** Per part: its place in the order. */
  private rank: number[] = [LAST];

  constructor(nodes: number) {
    this.of = new Int32Array(nodes);
  }

  /** How many there are or were, part 0 included. */
  get count(): number {
    return this.rank.length;
  }

  rankOf(v: number): number {
    return this.rank[this.of[v]!]!;
  }

  /** The rank of a part by its name. */
  rankBy(name: number): number {
    return this.rank[name]!;
  }

  /** The name of the part with a rank. */
  named(rank: number): number {
    return this.rank.indexOf(rank);
  }

  /**
   * Takes in parts that are numbered by falling level.
   *
   * @param places per node, its part; all nodes are of part 0 where it isn't given
   * @param relief the first part that belongs to part 0, with all after it
   */
  adopt(places: ArrayLike<number> | undefined, relief: number, ground: number): void {
    const { of } = this;
    of.fill(0);
    this.rank = [LAST];
    if (places === undefined) return;
    for (let v = 0; v < ground; v++) {
      const place = places[v]!;
      if (place >= relief) continue;
      of[v] = place + 1;
      this.rank[place + 1] = place;
    }
  }

  /** Makes a part at this place of the order, or right before part 0 if that is earlier; its name comes back. */
  insert(wanted: number): number {
    const { rank } = this;
    const place = Math.min(wanted, rank.length - 1);
    for (let p = 1; p < rank.length; p++) if (rank[p]! >= place) rank[p]!++;
    return rank.push(place) - 1;
  }

  /** Writes the nodes of all ranks after one up to another to a list; how many they are comes back. */
  collect(after: number, upTo: number, list: Int32Array): number {
    let count = 0;
    for (let v = 0; v < this.of.length; v++) {
      const rank = this.rankOf(v);
      if (rank > after && rank <= upTo) list[count++] = v;
    }
    return count;
  }

  /** Numbers the parts by rank, without gaps, and writes to `places` what `adopt` takes. */
  number(places: Int32Array): void {
    const { of, rank } = this;
    const place = rank.map(() => -1);
    for (const name of of) place[name] = 0;
    place[0] = -1;
    const used = [...place.keys()].filter((name) => place[name] === 0).sort((p, q) => rank[p]! - rank[q]!);
    for (const [k, name] of used.entries()) place[name] = k;
    for (let v = 0; v < of.length; v++) {
      const k = place[of[v]!]!;
      places[v] = k === -1 ? used.length : k;
      of[v] = k + 1;
    }
    this.rank = [LAST, ...used.keys()];
  }

  /** Keeps what is; what comes back brings it back. */
  bookmark(): () => void {
    const [of, rank] = [this.of.slice(), [...this.rank]];
    return () => {
      this.of.set(of);
      this.rank = [...rank];
    };
  }
}
