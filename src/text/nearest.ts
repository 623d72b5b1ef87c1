/** What somebody meant who wrote a name that there isn't. */
import { closest, distance } from "fastest-levenshtein";
import { show } from "./show.js";

/** As many names of a large file are looked up as anyone would read; each look-up goes through all that are known. */
const MOST_HINTS = 100;

/** `nearestName` for many names: answers for the first hundred. */
export function hints(known: Iterable<string>): (name: string) => string | undefined {
  let names: readonly string[] | undefined;
  let asked = 0;
  return (name) => (asked++ < MOST_HINTS ? nearestName(name, (names ??= [...known])) : undefined);
}

/** A known name that is near enough for `name` to be a slip of it, if there is one. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  // Edit distance is quadratic in length, and nobody mistypes a name this long.
  if (name.length > 100 || known.length === 0 || known.length > 100_000) return undefined;
  const guess = closest(name, known);
  const slips = distance(name, guess);
  const forgiven = Math.max(name.length > 3 ? 2 : 1, name.length / 3);
  return slips <= forgiven && slips < name.length ? guess : undefined;
}

/** `Did you mean "…"?` for the nearest name. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const guess = nearestName(name, known);
  return guess === undefined ? undefined : `Did you mean ${show(guess)}?`;
}
