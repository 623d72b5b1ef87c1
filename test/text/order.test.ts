import { expect, test } from "vitest";
import { byId, compare } from "../../src/text/order.js";

test("ids are in order of their code units, not as a language sorts them", () => {
  const ids = ["ä", "b", "B", "a10", "a9", "", "泵", "a"];
  const right = ["", "B", "a", "a10", "a9", "b", "ä", "泵"];
  expect([...ids].sort(compare)).toEqual(right);
  expect(ids.map((id) => ({ id })).sort(byId)).toEqual(right.map((id) => ({ id })));
});

test("what is alike is neither before nor after", () => {
  expect([compare("a", "a"), compare(Infinity, Infinity), compare(1, 2), compare(2, 1)]).toEqual([0, 0, -1, 1]);
  expect(byId({ id: "a" }, { id: "a" })).toBe(0);
});
