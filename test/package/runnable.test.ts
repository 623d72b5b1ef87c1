import { runInThisContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { blocksOf, faultOf, matches, patternOf, programOf } from "./runnable.js";

describe("blocks", () => {
  const fenced = (info: string, code: string) => `\`\`\`${info}\n${code}\n\`\`\``;

  test("are found with their lines", () => {
    const markdown = [
      "# Title",
      "",
      fenced("ts runnable", "1; // 1"),
      "",
      fenced("sh", "ls"),
      fenced("ts norun needs a plant", "x"),
    ];
    expect(blocksOf(markdown.join("\n"))).toEqual({
      runnable: [{ line: 3, code: "1; // 1" }],
      norun: [{ line: 10, reason: "needs a plant" }],
    });
  });

  test("go on where they say so, each statement at its line", () => {
    const { runnable } = blocksOf(
      [fenced("ts runnable", "const a = 1;"), "", "text", fenced("ts runnable continues", "a; // 1")].join("\n"),
    );
    expect(runnable).toHaveLength(1);
    expect(programOf(runnable[0]!)).toMatchObject({ checks: 1 });
    expect(programOf(runnable[0]!).code).toContain("__check(7, ");
  });

  test.each(["ts", "js", "typescript", "ts norun", "ts runnable twice", "ts run", "javascript runnable"])(
    "`%s` is refused",
    (info) => {
      expect(() => blocksOf(fenced(info, "1"))).toThrow(/line 1/);
    },
  );

  test("without an end or a beginning are refused", () => {
    expect(() => blocksOf("```ts runnable\n1")).toThrow(/never ends/);
    expect(() => blocksOf(fenced("ts runnable continues", "1"))).toThrow(/no block to continue/);
  });
});

describe("values", () => {
  test.each<[comment: string, right: unknown[], wrong: unknown[]]>([
    ["1", [1], [1.0001, "1", undefined, [1]]],
    ["-0.5", [-0.5], [0.5]],
    ["1e-7", [1e-7], [1e-8]],
    ["0.2011…", [0.2011, 0.20114942528735633], [0.2012, 0.201, "0.2011"]],
    ["…", [1, undefined, {}], []],
    ["undefined", [undefined], [null, 0]],
    ["NaN", [NaN], [0, undefined]],
    ['"a"', ["a"], ["b", "ab", 1]],
    ["'it\\'s'", ["it's"], ["its"]],
    ['"nodes is …; a …"', ["nodes is x; a y"], ["nodes is x", "the nodes is x; a y"]],
    ['"a.c"', ["a.c"], ["abc"]],
    ["[]", [[]], [[1], {}, null]],
    ["[1, 2]", [[1, 2], Float64Array.of(1, 2)], [[2, 1], [1], [1, 2, 3]]],
    ["[1, …]", [[1], [1, 2, 3]], [[], [2]]],
    ["[…, 3]", [[3], [1, 2, 3]], [[3, 4]]],
    ["{}", [{}], [{ a: 1 }, [], null]],
    ["{ a: 1, 'b': [true] }", [{ b: [true], a: 1 }], [{ a: 1 }, { a: 1, b: [true], c: 2 }, { a: 1, b: [false] }]],
    ["{ a: 1, … }", [{ a: 1 }, { a: 1, c: 2 }], [{ c: 2 }, { a: 2, c: 2 }]],
    ["{ a: … }", [{ a: 1 }, { a: {} }], [{}, { b: 1 }]],
    ["{ a: undefined }", [{ a: undefined }], [{}]],
  ])("%s", (comment, right, wrong) => {
    const pattern = patternOf(comment);
    for (const value of right) expect([value, matches(pattern, value)]).toEqual([value, true]);
    for (const value of wrong) expect([value, matches(pattern, value)]).toEqual([value, false]);
  });

  test.each(["", "what to set", "1 m³/s", '"a', "[1", "{ a 1 }", "{ a: 1", "1, 2", "[1 2]", "nothing"])(
    "%j is prose, which isn't passed over",
    (comment) => {
      expect(() => patternOf(comment)).toThrow(/holds no value/);
    },
  );
});

describe("statements", () => {
  const run = async (code: string) => {
    const { code: text, checks } = programOf({ line: 1, code });
    const faults: string[] = [];
    const check = async (line: number, comment: string, evaluate: () => unknown) => {
      const fault = await faultOf(comment, evaluate);
      if (fault !== undefined) faults.push(`${line}: ${fault}`);
    };
    await (runInThisContext(`(async (__check) => {\n${text}\n})`) as (__check: unknown) => Promise<void>)(check);
    return { checks, faults };
  };

  test.each<[code: string, checks: number, faults: string[]]>([
    ["1 + 1; // 2", 1, []],
    ["1 + 1; // 3", 1, ["2: it is 2, not 3"]],
    ["const a: number = 1; // prose\n\na; // 1", 1, []],
    ["// prose\n1;\n\n// prose", 0, []],
    ["1;\n// 1", 1, []],
    ["[1, 2];\n// [1,\n//  3]\n2;", 1, ["2: it is [1,2], not [1,\n  3]"]],
    ["const a = 1; // prose\n// prose", 0, []],
    ["({\n  a: 1,\n}); // { a: 1 }", 1, []],
    ["[1, 2]; // [1,\n//  2]", 1, []],
    ["[1, 2]; // [1,\n//  3]\n2; // 2", 2, ["2: it is [1,2], not [1,\n  3]"]],
    ["console.log(3); // 3", 1, []],
    ["console.log(3); // 4", 1, ["2: it is 3, not 4"]],
    ["(() => { throw new TypeError('a b'); })(); // throws TypeError: a …", 1, []],
    [
      "(() => { throw new TypeError('a b'); })(); // throws RangeError",
      1,
      ["2: it throws TypeError: a b, not RangeError: …"],
    ],
    ["1; // throws RangeError", 1, ["2: it gives 1 and doesn't throw"]],
    ["Promise.resolve(1); // 1", 1, []],
  ])("%s", async (code, checks, faults) => {
    expect(await run(code)).toEqual({ checks, faults });
  });

  test("that throw unasked, or hold prose, are faults", async () => {
    await expect(run("(() => { throw new TypeError('a b'); })(); // 1")).rejects.toThrow("a b");
    await expect(run("1; // the first")).rejects.toThrow(/holds no value/);
  });
});
