/** Where in a file's text things are: faults of JSON, keys that occur twice, and every issue's line. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NetworkError } from "../../src/index.js";
import { checkNetwork, checkState, loadNetwork, loadState } from "../../src/index.js";
import { duplicateKeys, placesOf, syntaxFault } from "../../src/network/reading/json-text.js";
import { caught, city, codes, errorsOf, expectSound, paths, sample } from "./samples.js";

describe("a fault of JSON", () => {
  test.each<[what: string, text: string, line: number, column: number, said: string]>([
    ["a comma too many", '{\n "nodes": [],\n}', 2, 13, 'a comma with nothing between it and "}"'],
    ["a comma too many in a list", "[1,\n2,\n]", 2, 2, 'a comma with nothing between it and "]"'],
    ["a comma too few", '{"a": 1\n "b": 2}', 2, 2, '"\\"" where a comma or "}" belongs'],
    [
      "a comment",
      '{\n  // "a": 1\n}',
      2,
      3,
      "a comment, which JSON doesn't have, where a key in double quotes belongs",
    ],
    ["single quotes", "{'a': 1}", 1, 2, "a single quote (texts are in double quotes) where a key"],
    ["a key without quotes", "{a: 1}", 1, 2, '"a" where a key in double quotes belongs'],
    ["a value that is none", '{"a":\n\tNaN}', 2, 2, '"NaN" where a value belongs'],
    ["a number with a leading zero", '{"a": 01}', 1, 8, '"1" where a comma or "}" belongs'],
    ["a number with a plus", '{"a": +1}', 1, 7, '"+1" where a value belongs'],
    ["a missing colon", '{"a" 1}', 1, 6, '"1" where a colon belongs'],
    ["a bracket that doesn't fit", '{"a": [1}', 1, 9, '"}" where a comma or "]" belongs'],
    ["an end too early", '{"a": 1,\r\n"b"', 2, 4, "the end where a colon belongs"],
    ["an end within a list", "[\r1", 2, 2, 'the end where a comma or "]" belongs'],
    ["a text that doesn't end", '{"a":\n "b}', 2, 2, "a text that doesn't end"],
    ["a line break within a text", '{"a": "b\nc"}', 1, 9, "a line break within a text"],
    ["a tab within a text", '{"a": "b\tc"}', 1, 9, "a control character within a text"],
    ["a backslash on its own", '{"a": "C:\\data"}', 1, 10, "a backslash that begins no escape"],
    ["something behind the end", '{}\n{"a": 1}', 2, 1, '"{" behind the end'],
    ["a byte order mark counts for nothing", "\ufeff{a}", 1, 2, '"a" where a key'],
  ])("%s", (_, text, line, column, said) => {
    const [issue, ...more] = errorsOf(text);
    expect(more).toEqual([]);
    expect(issue).toMatchObject({ code: "json", line, column });
    expect(issue?.message).toContain(`the file is not JSON: line ${line}, column ${column} has ${said}`);
    expect((caught(() => loadState(city(), text)) as NetworkError).issues).toEqual([issue]);
  });

  test("is found in just the texts that JSON.parse refuses", () => {
    const piece = fc.constantFrom(
      '{"a":',
      "[",
      "]",
      "}",
      ",",
      ":",
      '"b"',
      '"\\u12',
      "1",
      "-",
      "0.5e3",
      ".",
      "true",
      " ",
      "\n",
      "nul",
      "\\",
      '"',
    );
    const texts = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((all) => all.join("")),
      fc.json(),
      fc.string(),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const refused = caught(() => JSON.parse(text)) !== undefined;
        expect(syntaxFault(text) !== undefined).toBe(refused);
      }),
      { numRuns: 5000 },
    );
  });

  test("no nesting is too deep", () => {
    for (const open of ["[", '{"a":']) {
      const deep = open.repeat(300_000);
      expect(syntaxFault(deep)).toMatchObject({ fault: { found: "" } });
      expect(codes(errorsOf(deep))).toEqual(["json"]);
    }
    const whole = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    expect(codes(errorsOf(whole))).toEqual(["too-deep"]);
  });
});

describe("keys that occur twice", () => {
  const text = `{
  "units": { "flow": "m3/s", "flow": "L/s" },
  "nodes": [
    { "id": "c", "kind": "catchment", "inflow": 0.5, "inf\\u006cow": 0.05 },
    { "id": "s", "kind": "storage", "volume": { "max": 1,
      "max": 2, "max": 3 } }
  ],
  "links": [],
  "nodes": [{ "id": "p", "kind": "plant", "capacity": 1 }]
}`;

  test("are errors with both places, at any depth", () => {
    const errors = errorsOf(text);
    expectSound(errors);
    expect(errors.map(({ code, path, line, column }) => [code, path, line, column])).toEqual([
      ["duplicate-key", "units.flow", 2, 30],
      ["duplicate-key", "nodes[0].inflow", 4, 54],
      ["duplicate-key", "nodes[1].volume.max", 6, 7],
      ["duplicate-key", "nodes[1].volume.max", 6, 17],
      ["duplicate-key", "nodes", 9, 3],
    ]);
    expect(errors.map(({ message }) => message)).toEqual([
      "units has the key flow twice, at line 2, column 14 and at line 2, column 30; a key occurs once.",
      "nodes[0] has the key inflow twice, at line 4, column 39 and at line 4, column 54; a key occurs once.",
      "nodes[1].volume has the key max twice, at line 5, column 49 and at line 6, column 7; a key occurs once.",
      "nodes[1].volume has the key max twice, at line 5, column 49 and at line 6, column 17; a key occurs once.",
      "the file has the key nodes twice, at line 3, column 3 and at line 9, column 3; a key occurs once.",
    ]);
  });

  test("in a state", () => {
    const issues = checkState(city(), '{"inflows": {"north": 1,\n"north": 2}, "out": [], "out": ["east"]}');
    expect(issues.map(({ code, path, line }) => [code, path, line])).toEqual([
      ["duplicate-key", "inflows.north", 2],
      ["duplicate-key", "out", 2],
    ]);
    expect(() => loadState(city(), '{"out": [],"out": []}')).toThrow("the file has the key out twice");
  });

  test("of two objects are none, nor a text that looks like one", () => {
    expect(duplicateKeys('[{"a":1},{"a":{"a":1,"b":"a"}},"a","a"]')).toEqual([]);
  });

  test("are told with everything else that is wrong", () => {
    const file = JSON.stringify(sample()).replace('"capacity":0.9', '"capacity":-1,"capacity":-1');
    expect(codes(errorsOf(file))).toEqual(["duplicate-key", "value"]);
  });

  test("agree with what JSON.parse keeps", () => {
    const value = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, fc.integer().map(String), tie("object"), tie("list")),
      list: fc.array(tie("value"), { maxLength: 3 }).map((all) => `[${all.join()}]`),
      object: fc
        .array(fc.tuple(fc.constantFrom("a", "b", "c", "\\u0061"), tie("value")), { maxLength: 3 })
        .map((all) => `{${all.map(([key, of]) => `"${key}":${of as string}`).join()}}`),
    })).object;
    const keys = (data: unknown): number =>
      typeof data !== "object" || data === null
        ? 0
        : Object.values(data).reduce<number>(
            (sum, child) => sum + keys(child),
            Array.isArray(data) ? 0 : Object.keys(data).length,
          );
    fc.assert(
      fc.property(value, (text) => {
        const written = text.match(/:/g)?.length ?? 0;
        const isWhole = keys(JSON.parse(text)) === written;
        expect(duplicateKeys(text).length === 0).toBe(isWhole);
      }),
    );
  });
});

describe("the line of an issue", () => {
  const lines = (text: string) => text.split("\n");
  const pretty = (file: unknown) => JSON.stringify(file, null, 2);

  test("is that of the key, of the element, or of what should hold it", () => {
    const file = sample();
    file.nodes[0]!.inflow = -1;
    file.links[1]!.to = "tnk";
    file.links[2]!.colour = "red";
    delete file.links[3]!.capacity;
    file.nodes.push({ id: "k1", kind: "junction" });
    const text = pretty(file);
    const issues = errorsOf(text);
    const told = issues.map(({ path, line = 0 }) => [path, lines(text)[line - 1]?.trim()]);
    expect(told).toEqual([
      ["nodes[0].inflow", '"inflow": -1,'],
      ["links[2].colour", '"colour": "red"'],
      ["links[3].capacity", "{"],
      ["nodes[6].id", '"id": "k1",'],
      ["links[1].to", '"to": "tnk",'],
    ]);
    expect(lines(text)[(issues[2]?.line ?? 0) + 0]).toContain('"id": "d"');
  });

  test("stands before the message of the error that loadNetwork throws", () => {
    const text = pretty({ ...sample(), energyPrice: -1 });
    const { message, issues } = caught(() => loadNetwork(text)) as NetworkError;
    expect(issues).toMatchObject([{ line: 11, column: 3, message: expect.not.stringContaining("line") as string }]);
    expect(message).toBe("line 11, column 3: energyPrice is -1; an energy price is 0 or more (money per kWh).");
    expect((caught(() => loadNetwork({ ...sample(), energyPrice: -1 })) as Error).message).toMatch(/^energyPrice/);
  });

  test("is there for warnings, and for states", () => {
    const file = sample();
    file.nodes.push({ id: "lost", kind: "junction" });
    const text = pretty(file);
    const [warning] = checkNetwork(text);
    expect(lines(text)[warning?.line ?? 0]).toContain('"lost"');
    const state = '{\n "setPoints": {\n  "b": 9\n }\n}';
    expect(checkState(city(), state)).toMatchObject([{ code: "set-point-clipped", line: 3, column: 3 }]);
    expect(checkState(city(), '{\n "out": ["east",\n "x"]}')).toMatchObject([{ path: "out[1]", line: 3, column: 2 }]);
  });

  test("isn't there for data", () => {
    expect(Object.keys(errorsOf({ ...sample(), energyPrice: -1 })[0]!)).not.toContain("line");
  });

  test("is the start of the file where all of it is meant", () => {
    expect(errorsOf("\n  3")).toMatchObject([{ path: "", line: 2, column: 3 }]);
    expect(paths(errorsOf("\n {}"))).toEqual(["units", "nodes", "links"]);
    expect(errorsOf("\n {}").map(({ line, column }) => [line, column])).toEqual([
      [2, 2],
      [2, 2],
      [2, 2],
    ]);
  });

  test("is right for keys of any kind", () => {
    const keys = fc.uniqueArray(
      fc.oneof(fc.string({ unit: "binary", maxLength: 6 }), fc.constantFrom("a b", "[0]", '["', "a.b")),
      {
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(keys, (all) => {
        fc.pre(!all.includes("__proto__"));
        const state = { inflows: Object.fromEntries(all.map((key) => [key, -1])) };
        const text = pretty(state);
        const rows = lines(text);
        const found = checkState(city(), text).filter(({ code }) => code === "unknown-id");
        expect(found).toHaveLength(all.length);
        const order = Object.keys(state.inflows);
        found.forEach(({ line = 0 }, i) => {
          expect(rows[line - 1]?.trim()).toMatch(/: -1,?$/);
          expect(rows[line - 1]?.trim().startsWith(JSON.stringify(order[i]))).toBe(true);
        });
      }),
    );
  });

  test("costs a large file little", { timeout: 60_000 }, () => {
    const nodes = Array.from({ length: 20_000 }, (_, i) => ({ id: `p${i}`, kind: "plant", capacity: -1 }));
    const text = pretty({ units: { flow: "m3/s" }, nodes, links: [] });
    const issues = errorsOf(text);
    expect(issues).toHaveLength(20_000);
    expect(issues.at(-1)?.line).toBe(lines(text).findLastIndex((line) => line.includes("capacity")) + 1);
    const twice = `{"units":${'{"flow":1,"flow":2},"units":'.repeat(10_000)}3}`;
    expect(duplicateKeys(twice)).toHaveLength(20_000);
  });
});

test("places of paths that aren't there are those around", () => {
  const place = placesOf('{"a":\n{"b":\n[1,\n{}]}}', ["a.b[1].c.d", "a.x", "b", "a.b[7]"]);
  expect(["a.b[1].c.d", "a.x", "b", "a.b[7]"].map((path) => place(path).line)).toEqual([4, 1, 1, 2]);
});
