/** The index of boxes tells what looking at each of them would. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { BoxIndex, overlap, type Box } from "../../../src/view/layout/boxes.js";

/** Whole numbers, so that boxes touch; some beyond the picture, some without breadth, some over many cells. */
const box = fc
  .tuple(fc.integer({ min: -80, max: 300 }), fc.integer({ min: -80, max: 300 }), fc.nat(120), fc.nat(120))
  .map(([left, top, width, height]): Box => ({ left, top, right: left + width, bottom: top + height }));

test("the boxes under a box are those that overlap it and haven't been removed, each once", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(box, fc.boolean()), { maxLength: 40 }),
      fc.array(box, { maxLength: 10 }),
      (all, asked) => {
        const index = new BoxIndex();
        for (const [one] of all) index.add(one);
        for (const [one, isRemoved] of all) if (isRemoved) index.remove(one);
        const left = all.flatMap(([one, isRemoved]) => (isRemoved ? [] : [one]));
        for (const one of asked) {
          const found = index.under(one);
          const expected = left.filter((other) => overlap(one, other));
          expect(new Set(found)).toEqual(new Set(expected));
          expect(found).toHaveLength(expected.length);
          expect(index.isFree(one)).toBe(expected.length === 0);
        }
      },
    ),
  );
});
