/** What must hold of any input before a schema may look at it: a tree of data, not a trap. */
import { error, type Issue } from "../issues.js";
import { pathText } from "../../text/show.js";

/** Deeper than any network or state; a deeper one would exhaust the stack of whatever walks it. */
const DEEPEST = 32;

interface Visit {
  readonly value: object;
  readonly path: readonly PropertyKey[];
  leaving: boolean;
}

/**
 * Cycles, `__proto__` keys and bottomless nesting. Walks with a stack of its own, in time linear in the input; a part that
 * several places share is looked at once.
 */
export function checkPlainData(input: unknown): Issue[] {
  const issues: Issue[] = [];
  if (typeof input !== "object" || input === null) return issues;
  const ancestors = new Set<object>();
  const done = new Set<object>();
  const stack: Visit[] = [{ value: input, path: [], leaving: false }];
  for (let visit = stack.at(-1); visit !== undefined; visit = stack.at(-1)) {
    const { value, path } = visit;
    if (visit.leaving || done.has(value)) {
      if (visit.leaving) ancestors.delete(value);
      done.add(value);
      stack.pop();
      continue;
    }
    visit.leaving = true;
    ancestors.add(value);
    if (path.length > DEEPEST) {
      issues.push(error("too-deep", pathText(path), { is: "tooDeep", at: pathText(path) }));
      continue;
    }
    const isList = Array.isArray(value);
    for (const key of Object.keys(value)) {
      const step = isList ? Number(key) : key;
      if (key === "__proto__") {
        issues.push(error("reserved-key", pathText([...path, key]), { is: "reserved", at: pathText(path) }));
      }
      const child = (value as Record<string, unknown>)[key];
      if (typeof child !== "object" || child === null || done.has(child)) continue;
      if (ancestors.has(child)) {
        const where = pathText([...path, step]);
        issues.push(error("cyclic", where, { is: "cyclic", at: where }));
      } else stack.push({ value: child, path: [...path, step], leaving: false });
    }
  }
  return issues;
}
