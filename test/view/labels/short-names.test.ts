/** Names on a crowded map keep what tells them apart. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { shortNames } from "../../../src/view/labels/short-names.js";

test.each<[string, string[], string[]]>([
  ["acronyms at the end", ["Mill Brook WRF", "Oak WRF", "Elm"], ["Mill Brook", "Oak", "Elm"]],
  ["whose they are", ["Kent County Elm WWTP", "Kent County Oak WWTP", "Ash"], ["Elm", "Oak", "Ash"]],
  ["brackets that hang on it", ["Kent County (Elm WWTP)", "Kent County (Oak WWTP)"], ["Elm", "Oak"]],
  ["a word shared by chance", ["Little Elm", "Little Oak WRF", "Ash WRF"], ["Little Elm", "Little Oak", "Ash"]],
  ["what all of them are", ["North Plant", "South Plant", "High Street Plant"], ["North", "South", "High Street"]],
  ["Chinese", ["城西污水处理厂", "城东污水处理厂", "高新区污水处理厂"], ["城西", "城东", "高新区"]],
  ["what would be left alone", ["东厂", "西厂"], ["东厂", "西厂"]],
  [
    "what would be alike",
    ["Elm WRF", "Elm WWTP", "Oak WRF", "Oak WWTP"],
    ["Elm WRF", "Elm WWTP", "Oak WRF", "Oak WWTP"],
  ],
  ["nothing", ["", " ", "WRF"], ["", " ", "WRF"]],
])("%s", (_, names, short) => {
  expect(shortNames(names)).toEqual(short);
});

test("where a catchment is stays", () => {
  expect(shortNames(["Kent Elm Sewers", "Kent Oak Sewers", "Kent Ash Sewers"], true)).toEqual([
    "Kent Elm",
    "Kent Oak",
    "Kent Ash",
  ]);
});

test("names that differ never become alike, and each is a part of the whole", () => {
  const word = fc.constantFrom("Elm", "Oak", "North", "County", "WRF", "WWTP", "(Elm", "Oak)", "&", "城", "厂");
  const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" "));
  fc.assert(
    fc.property(fc.uniqueArray(name, { selector: (one) => one.toLowerCase(), maxLength: 8 }), (names) => {
      const short = shortNames(names);
      expect(new Set(short).size).toBe(names.length);
      short.forEach((one, i) => {
        expect(names[i]!.replace(/[()]/g, "")).toContain(one.replace(/[()]/g, ""));
      });
    }),
  );
});
