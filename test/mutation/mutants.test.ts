import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { switched } from "./mutants.js";

const of = (text: string) => switched("x.ts", text, (id) => `on(${id})`);
const changes = (text: string) => of(text).mutants.map(({ was, now }) => [was, now]);

describe("changes", () => {
  test.each<[text: string, changes: [string, string][]]>([
    [
      "a < b;",
      [
        ["a < b;", ""],
        ["a < b", "a <= b"],
        ["a < b", "true"],
        ["a < b", "false"],
      ],
    ],
    [
      "const c = a + 1;",
      [
        ["a + 1", "a - 1"],
        ["1", "2"],
      ],
    ],
    ["const c = -a;", [["-a", "a"]]],
    ["const c = Math.min(a, b);", [["Math.min(a, b)", "Math.max(a, b)"]]],
    ["const c = list.filter(f);", [["list.filter(f)", "list"]]],
    [
      "const c = map.get(k) ?? d;",
      [
        ["map.get(k) ?? d", "map.get(k)"],
        ["map.get(k) ?? d", "d"],
      ],
    ],
    ["const c = 3n;", [["3n", "4n"]]],
    [
      "if (a) throw e;",
      [
        ["a", "true"],
        ["a", "false"],
        ["throw e;", ""],
      ],
    ],
    [
      "while (a) i++;",
      [
        ["a", "false"],
        ["i++;", ""],
        ["i++", "i--"],
      ],
    ],
    // An operand of a conjunction need only be true: false makes all of it false.
    [
      "const c = a && b;",
      [
        ["a && b", "a || b"],
        ["a", "true"],
        ["b", "true"],
      ],
    ],
  ])("%s", (text, right) => {
    expect(changes(text)).toEqual(right);
  });

  test.each([
    'const c = "1" + a;',
    "const c = `${" + "a + 1}`;",
    "const c = list[i] ?? 0;",
    "const [c = 0] = list;",
    "type C = 1 | 2;",
    "const c = { 1: a };",
    'import a from "a";',
    "const c = a?.b.filter(f).d;",
    "const c = show(a + 1);",
  ])("not of words, types, and what stands in for the types: %s", (text) => {
    expect(changes(text)).toEqual([]);
  });

  test("are switched in the source, which is as it was without them", () => {
    const text =
      "export const f = (a, b) => { let n = 0; for (let i = a; i < b; i++) if (i % 2 === 0) n += i; return n; };";
    const { code, mutants } = of(text);
    const run = (id: number) => {
      let rounds = 0;
      const tick = () => {
        if (++rounds > 100) throw new Error("endless");
      };
      const given = { on: (at: number) => at === id, __tick: tick };
      return runInNewContext(`${code.replace("export ", "")}; f(1, 7)`, given) as number;
    };
    expect(run(-1)).toBe(12);
    const place = (now: string) => mutants.find((one) => one.now === now)!.id;
    expect(run(place("i <= b"))).toBe(12);
    expect(run(place("n -= i"))).toBe(-12);
    expect(() => run(place("i--"))).toThrow("endless");
  });
});
