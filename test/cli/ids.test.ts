import fc from "fast-check";
import { expect, test } from "vitest";
import { idsIn } from "../../src/cli/ids.js";

const KNOWN = ["a", "b", "Works", "Works, East", "a,b,c", "x=0.5", "50%", "=", ",", "p,q=1", '"w"', "é "];
const read = (list: string, ids = KNOWN) =>
  idsIn(list, (id) => ids.includes(id), Math.max(...ids.map((id) => id.split(",").length - 1))).map(({ id, share }) =>
    share === undefined ? id : [id, share],
  );

test.each<[list: string, named: (string | string[])[]]>([
  ["a", ["a"]],
  ["a,b", ["a", "b"]],
  ["a, b", ["a", "b"]],
  ["Works, East", ["Works, East"]],
  ["Works,East", ["Works", "East"]],
  ["a,Works, East,b", ["a", "Works, East", "b"]],
  [
    "Works, East=40%,b=0.2",
    [
      ["Works, East", "40%"],
      ["b", "0.2"],
    ],
  ],
  ["a,b,c", ["a,b,c"]],
  ["a,b,c,a,b", ["a,b,c", "a", "b"]],
  ['"a","b","c"', ["a", "b", "c"]],
  ['"a" , "Works, East" = 10%', ["a", ["Works, East", "10%"]]],
  ['"w"', ['"w"']],
  ['"\\"w\\""', ['"w"']],
  ["x=0.5", ["x=0.5"]],
  ["x=0.5=0.4", [["x=0.5", "0.4"]]],
  ["50%,50%=50%", ["50%", ["50%", "50%"]]],
  ["=", ["="]],
  ["==0", [["=", "0"]]],
  [",", [","]],
  ["p,q=1,a", ["p,q=1", "a"]],
  ["é ", ["é "]],
  ["a,,b,", ["a", "b"]],
  ["nobody, nowhere=40%", ["nobody", ["nowhere", "40%"]]],
  ["nobody=x", ["nobody=x"]],
  ["a=x", [["a", "x"]]],
  ['"no end', ['"no end']],
  ["", []],
])("%s", (list, named) => {
  expect(read(list)).toEqual(named);
});

test("any id can be named, alone as it is, and among others in quotes", () => {
  const ids = fc.uniqueArray(fc.string({ unit: "binary", minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 });
  const odd = fc.uniqueArray(fc.stringMatching(/^[a,"=%\\ .1]{1,4}$/), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.oneof(ids, odd), (all) => {
      for (const id of all) expect(read(id, all)).toEqual([id]);
    }),
  );
  fc.assert(
    fc.property(ids, (all) => {
      fc.pre(all.every((id) => !id.includes('"') && !id.includes(",")));
      expect(read(all.map((id) => JSON.stringify(id)).join(","), all)).toEqual(all);
    }),
  );
});

test("a long list takes no longer than its length", () => {
  const ids = Array.from({ length: 20_000 }, (_, i) => `n,${i}`);
  const known = new Set(ids);
  expect(idsIn(ids.join(","), (id) => known.has(id), 1).map(({ id }) => id)).toEqual(ids);
});
