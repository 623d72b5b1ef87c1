/** Ids on the command line. An id may have any characters, so that commas, `=` and `%` between ids may as well be a part of one. */

/** What a flag names: an id, and what is said to be left of it. */
export interface NamedId {
  readonly id: string;
  readonly share?: string;
}

/** What is left of an element. */
export const SHARE = /^(\d+\.?\d*|\.\d+)(%?)$/;

const WITH_SHARE = /^(.*)=([^,]*)$/su;
const QUOTED = /^\s*("(?:[^"\\]|\\.)*")\s*(?:=([^,]*))?(?:,|$)/su;

/**
 * The ids of a list like `a,b=40%`. What is a known id as a whole is that id; of known ids with commas the longest that fits is meant;
 * and an id in double quotes, as in JSON, ends where they do. What isn't known ends at the next comma.
 *
 * @param mostCommas how many a known id has at most
 */
export function idsIn(list: string, isKnown: (id: string) => boolean, mostCommas: number): NamedId[] {
  const found: NamedId[] = [];
  let rest = list;
  while (rest !== "") {
    const { named, length } = isKnown(rest)
      ? { named: { id: rest }, length: rest.length }
      : (known(rest, isKnown, mostCommas) ?? quoted(rest) ?? unknown(rest));
    if (named.id !== "") found.push(named);
    rest = rest.slice(length);
  }
  return found;
}

interface Taken {
  readonly named: NamedId;
  /** Characters of the list, the comma behind included. */
  readonly length: number;
}

function known(rest: string, isKnown: (id: string) => boolean, mostCommas: number): Taken | undefined {
  const parts = rest.split(",", mostCommas + 1);
  for (let k = parts.length; k > 0; k--) {
    const text = parts.slice(0, k).join(",");
    const length = text.length + 1;
    for (const id of [text, text.trim()]) if (isKnown(id)) return { named: { id }, length };
    const [, before = "", share = ""] = WITH_SHARE.exec(text) ?? [];
    for (const id of [before, before.trim()]) if (isKnown(id)) return { named: { id, share: share.trim() }, length };
  }
  return undefined;
}

function quoted(rest: string): Taken | undefined {
  const [whole = "", text = "", share] = QUOTED.exec(rest) ?? [];
  try {
    const id = JSON.parse(text) as string;
    return { named: { id, ...(share !== undefined && { share: share.trim() }) }, length: whole.length };
  } catch {
    return undefined;
  }
}

function unknown(rest: string): Taken {
  const [text = ""] = rest.split(",", 1);
  const [, id = "", share = ""] = WITH_SHARE.exec(text) ?? [];
  return { named: SHARE.test(share) ? { id: id.trim(), share } : { id: text.trim() }, length: text.length + 1 };
}
