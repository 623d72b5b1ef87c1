/** Finds places for texts that compete: the more important first, and others step aside for one where they have another place. */
import type { Box, BoxIndex } from "../layout/boxes.js";
import type { Candidate } from "./labels.js";

/** A text to be placed, in one of several ways; its places, best first. */
export interface Wanted<P extends Candidate = Candidate> {
  readonly places: readonly P[];
}

/** So many texts step aside for one, each for the one before. */
const DEPTH = 3;

/**
 * Places texts, none on another or on what is `taken`, to which they are added.
 *
 * @remarks for each text, its places times those of the texts in its way
 */
export class Placing<P extends Candidate> {
  private readonly owners = new Map<Box, Wanted<P>>();
  private readonly placed = new Map<Wanted<P>, P>();

  constructor(private readonly taken: BoxIndex) {}

  placeOf(one: Wanted<P>): P | undefined {
    return this.placed.get(one);
  }

  /** Whether it found a place. */
  place(one: Wanted<P>): boolean {
    return this.attempt(one, DEPTH, new Set());
  }

  remove(one: Wanted<P>): void {
    const there = this.placed.get(one);
    if (there === undefined) return;
    this.taken.remove(there.box);
    this.owners.delete(there.box);
    this.placed.delete(one);
  }

  private put(one: Wanted<P>, place: P): void {
    this.taken.add(place.box);
    this.owners.set(place.box, one);
    this.placed.set(one, place);
  }

  private attempt(one: Wanted<P>, depth: number, held: ReadonlySet<Wanted<P>>): boolean {
    const free = one.places.find(({ box }) => this.taken.isFree(box));
    if (free !== undefined) {
      this.put(one, free);
      return true;
    }
    if (depth === 0) return false;
    const others = new Set([...held, one]);
    for (const place of one.places) {
      const [box, second] = this.taken.under(place.box);
      const other = box && second === undefined ? this.owners.get(box) : undefined;
      const there = other && this.placed.get(other);
      if (other === undefined || there === undefined || others.has(other)) continue;
      this.remove(other);
      this.put(one, place);
      if (this.attempt(other, depth - 1, others)) return true;
      this.remove(one);
      this.put(other, there);
    }
    return false;
  }
}
