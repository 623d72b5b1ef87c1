/** Names without what many of them begin or end with, as "Cobb County … WPCP": for maps where the whole has no room. */

/** How many names have to share what is left out, and from which part of them on it may leave one word alone. */
const [FEW, PART] = [2, 1 / 3];
/** A single word at the beginning, or all but one, is left out only where three names share it: "South" is shared by chance. */
const MANY = 3;
/** What is left has this many characters at least. */
const LEAST = 2;
const ACRONYM = /^[A-Z]{2,}$/;
const WITHOUT_SPACES = /^[\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff]+$/;

/**
 * One name for each of `names`, no two of them alike where the names weren't. What tells at the end what all of them are is left out,
 * and at the beginning whose they are, unless `isHeadKept`; what little would be left otherwise stays.
 */
export function shortNames(names: readonly string[], isHeadKept = false): string[] {
  const written = names.map((name) => {
    const isHan = WITHOUT_SPACES.test(name);
    const parts = isHan ? Array.from(name) : name.split(/\s+/).filter(Boolean);
    return { name, isHan, parts, bare: parts.map(bare) };
  });
  const heads = countOf(written.map((one) => runs(one.bare)));
  const tails = countOf(written.map((one) => runs([...one.bare].reverse())));
  const short = written.map(({ name, isHan, parts, bare: compared }) => {
    const trailing = runs([...compared].reverse());
    const last = isHan ? mostShared(trailing, tails) : wordsAtEnd(compared, trailing, tails, names.length);
    const rest = compared.slice(0, parts.length - last);
    const leading = runs(rest);
    const first = isHeadKept ? 0 : isHan ? mostShared(leading, heads) : wordsAtStart(rest, leading, heads);
    const left = (from: number) => tidy(parts.slice(from, parts.length - last).join(isHan ? "" : " "));
    return [left(first), left(0)].find((text) => text.length >= LEAST) ?? name;
  });
  const times = countOf(short.map((one) => [one.toLowerCase()]));
  return short.map((one, i) => ((times.get(one.toLowerCase()) ?? 0) > 1 ? (names[i] ?? one) : one));
}

/** Everything that a list begins with: of one part, of two, and so on, but never all of it. */
function runs(parts: readonly string[]): string[] {
  return parts.slice(0, -1).map((_, k) => parts.slice(0, k + 1).join(" "));
}

/** As it is compared: without brackets. */
function bare(part: string): string {
  return part.replace(/[()（）[\]]/gu, "");
}

function countOf(lists: readonly (readonly string[])[]): Map<string, number> {
  const count = new Map<string, number>();
  for (const list of lists) for (const one of list) count.set(one, (count.get(one) ?? 0) + 1);
  return count;
}

/** How many words at the end are left out: up to an acronym, and of other words those that all or many share, and more while two are left. */
function wordsAtEnd(
  parts: readonly string[],
  trailing: readonly string[],
  tails: ReadonlyMap<string, number>,
  all: number,
): number {
  let last = 0;
  for (const [k, run] of trailing.entries()) {
    const shared = tails.get(run) ?? 0;
    if (shared < FEW) break;
    const isAcronym = ACRONYM.test(parts.at(-1 - k) ?? "");
    if (isAcronym || shared >= Math.max(MANY, PART * all) || parts.length - k > 2) last = k + 1;
    if (isAcronym) break;
  }
  return last;
}

function wordsAtStart(rest: readonly string[], leading: readonly string[], heads: ReadonlyMap<string, number>): number {
  const run = leading.findLastIndex((one) => (heads.get(one) ?? 0) >= FEW) + 1;
  if (run > 1) return run;
  const isShared = run === 1 && (heads.get(leading[0] ?? "") ?? 0) >= MANY;
  return isShared && (rest.length > 2 || ACRONYM.test(rest[0] ?? "")) ? 1 : 0;
}

/** Characters of the run of two at least that most names share, the longest of those. */
function mostShared(list: readonly string[], count: ReadonlyMap<string, number>): number {
  let [best, most] = [0, FEW];
  for (const [k, run] of list.entries()) {
    const shared = count.get(run) ?? 0;
    if (k > 0 && k < list.length - 1 && shared >= most) [best, most] = [k + 1, shared];
  }
  return best;
}

/** Without signs that hung on what is gone. */
function tidy(text: string): string {
  const trimmed = text.replace(/^[\s,;:&–—-]+|[\s,;:&–—-]+$/gu, "");
  const inner = /^[(（[]([^()（）[\]]*)[)）\]]$/u.exec(trimmed)?.[1];
  if (inner !== undefined) return inner;
  const [open, close] = [/[(（[]/gu, /[)）\]]/gu].map((sign) => (trimmed.match(sign) ?? []).length);
  return open === close ? trimmed : bare(trimmed);
}
