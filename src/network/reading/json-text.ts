/**
 * Where things stand in JSON text. `JSON.parse` makes the data; this tells of what it is silent about: the place of a fault in words,
 * keys that occur twice, and the line of any part of the data. One pass from the first character to the last, with a stack of
 * its own, so that no nesting is too deep for it.
 */
import type { JsonFault } from "../../text/en/issues.js";
import { pathText, show } from "../../text/show.js";

/** Line and column in a text, from 1; a column is a UTF-16 code unit, as editors count. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** What is told of a text on the way through it. */
interface Visitor {
  /** A list or object begins, `depth` levels down from 1. */
  open?(depth: number): void;
  /** A member or item of the list or object at `depth` begins at `at`, a member with its key. */
  part(depth: number, step: string | number, at: number): void;
}

interface Fault {
  readonly at: number;
  readonly fault: JsonFault;
}

/** A key that its object has already. */
export interface DuplicateKey {
  readonly path: readonly (string | number)[];
  readonly first: Place;
  readonly again: Place;
}

/** Deeper parts aren't looked into: no file has any. */
const DEEPEST = 64;

/** What keeps a text from being JSON, if anything. */
export function syntaxFault(text: string): (Place & { readonly fault: JsonFault }) | undefined {
  const fault = scan(text, { part: () => undefined });
  return fault && { ...placeAt(text, fault.at), fault: fault.fault };
}

/** Keys that an object has twice, in a text that is JSON. */
export function duplicateKeys(text: string): DuplicateKey[] {
  const found: { path: (string | number)[]; first: number; again: number }[] = [];
  const keys: Map<string, number>[] = [];
  const path: (string | number)[] = [];
  scan(text, {
    open(depth) {
      if (depth <= DEEPEST) (keys[depth] ??= new Map()).clear();
    },
    part(depth, step, at) {
      if (depth > DEEPEST) return;
      path.length = depth;
      path[depth - 1] = step;
      if (typeof step === "number") return;
      const first = keys[depth]?.get(step);
      if (first === undefined) keys[depth]?.set(step, at);
      else found.push({ path: [...path], first, again: at });
    },
  });
  const place = placesIn(text);
  return found.map((one) => ({ path: one.path, first: place(one.first), again: place(one.again) }));
}

/**
 * Looks up where parts of the data stand, by their paths as `pathText` makes them; of what isn't there, where the nearest part around
 * it stands.
 */
export function placesOf(text: string, paths: Iterable<string>): (path: string) => Place {
  const wanted = new Set<string>();
  for (const path of paths) for (let at = path; at !== "" && !wanted.has(at); at = around(at)) wanted.add(at);
  const found = new Map<string, number>();
  const known: string[] = [""];
  scan(text, {
    part(depth, step, at) {
      if (depth > DEEPEST) return;
      const owner = known[depth - 1] ?? "";
      const own = pathText([step]);
      const path = owner === "" || own.startsWith("[") ? owner + own : `${owner}.${own}`;
      known[depth] = path;
      if (wanted.has(path)) found.set(path, at);
    },
  });
  const place = placesIn(text);
  const start = Math.max(0, text.search(/\S/));
  return (path) => {
    let at = path;
    while (at !== "" && !found.has(at)) at = around(at);
    return place(found.get(at) ?? start);
  };
}

/** The path of what holds the part at `path`. */
function around(path: string): string {
  const cut = path.lastIndexOf(path.endsWith("]") ? "[" : ".");
  return path.slice(0, Math.max(0, cut));
}

const BREAK = /\r\n|\n|\r/g;

export function placeAt(text: string, at: number): Place {
  return placesIn(text)(at);
}

function placesIn(text: string): (at: number) => Place {
  let starts: number[] | undefined;
  return (at) => {
    if (starts === undefined) {
      starts = [0];
      for (const found of text.matchAll(BREAK)) starts.push(found.index + found[0].length);
    }
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: at - (starts[low] ?? 0) + 1 };
  };
}

/** Goes through a text; returns where it stops being JSON, if it does. */
function scan(text: string, visitor: Visitor): Fault | undefined {
  /** How many items the lists around have so far; -1 for objects. */
  const around: number[] = [];
  let i = skip(text, 0);

  /** Passes what comes before a value in the list or object at hand: nothing, or a key and a colon. */
  const begin = (): Fault | undefined => {
    const depth = around.length;
    const index = around[depth - 1] ?? 0;
    if (index >= 0) {
      visitor.part(depth, index, i);
      around[depth - 1] = index + 1;
      return undefined;
    }
    if (text[i] !== '"') return { at: i, fault: { is: "misplaced", found: found(text, i), wanted: "key" } };
    const end = stringEnd(text, i);
    if (typeof end !== "number") return end;
    const raw = text.slice(i + 1, end - 1);
    visitor.part(depth, raw.includes("\\") ? (JSON.parse(text.slice(i, end)) as string) : raw, i);
    i = skip(text, end);
    if (text[i] !== ":") return { at: i, fault: { is: "misplaced", found: found(text, i), wanted: "colon" } };
    i = skip(text, i + 1);
    return undefined;
  };

  for (;;) {
    const first = text[i];
    if (first === "{" || first === "[") {
      around.push(first === "[" ? 0 : -1);
      visitor.open?.(around.length);
      i = skip(text, i + 1);
      if (text[i] !== (first === "[" ? "]" : "}")) {
        const fault = begin();
        if (fault !== undefined) return fault;
        continue;
      }
      i += 1;
      around.pop();
    } else {
      const end = scalarEnd(text, i);
      if (typeof end !== "number") return end;
      i = end;
    }
    for (;;) {
      i = skip(text, i);
      const isList = (around.at(-1) ?? 0) >= 0;
      if (around.length === 0)
        return i === text.length ? undefined : { at: i, fault: { is: "behind", found: found(text, i) } };
      const close = isList ? "]" : "}";
      if (text[i] === close) {
        i += 1;
        around.pop();
        continue;
      }
      if (text[i] !== ",") return { at: i, fault: { is: "unseparated", found: found(text, i), close } };
      const comma = i;
      i = skip(text, i + 1);
      if (text[i] === close) return { at: comma, fault: { is: "trailing", close } };
      const fault = begin();
      if (fault !== undefined) return fault;
      break;
    }
  }
}

function skip(text: string, from: number): number {
  let i = from;
  for (;;) {
    const c = text.charCodeAt(i);
    if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return i;
    i += 1;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

/** Where the text, number or word that begins at `i` ends. */
function scalarEnd(text: string, i: number): number | Fault {
  if (text[i] === '"') return stringEnd(text, i);
  for (const kind of [NUMBER, WORD]) {
    kind.lastIndex = i;
    if (kind.test(text)) return kind.lastIndex;
  }
  return { at: i, fault: { is: "misplaced", found: found(text, i), wanted: "value" } };
}

const ESCAPE = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y;

function stringEnd(text: string, start: number): number | Fault {
  let i = start + 1;
  for (;;) {
    const c = text.charCodeAt(i);
    if (c === 0x22) return i + 1;
    if (c === 0x5c) {
      ESCAPE.lastIndex = i;
      if (!ESCAPE.test(text)) return { at: i, fault: { is: "escape" } };
      i = ESCAPE.lastIndex;
    } else if (c >= 0x20) i += 1;
    else if (i >= text.length) return { at: start, fault: { is: "open" } };
    else
      return {
        at: i,
        fault: { is: c === 0x0a || c === 0x0d ? "break" : "control" },
      };
  }
}

/** What stands at `i`, where something else should; nothing at the end. */
function found(text: string, i: number): string {
  if (i >= text.length) return "";
  if (/^(?:\/\/|\/\*|#)/.test(text.slice(i, i + 2))) return "comment";
  if (text[i] === "'") return "quote";
  const word = /^[\p{L}\p{N}_$+.-]{1,20}/u.exec(text.slice(i, i + 40))?.[0];
  return show(word ?? String.fromCodePoint(text.codePointAt(i) ?? 0));
}
