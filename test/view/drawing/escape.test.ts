/** Names are data: none of them can end a tag, break the XML or turn a line around. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { visible, xml, xmlData } from "../../../src/view/drawing/escape.js";
import { parse } from "../xml.js";

const HOSTILE = [
  `<img src=x onerror="alert(1)">`,
  `"'><script>alert(1)</script>`,
  "]]>",
  "<![CDATA[",
  "&amp;&#0;&bogus;",
  "a\u202eb\u2066c\u200fd",
  "\u0000\u0001\u001b[31m\u007f\u009f",
  "\ud800 alone \udc00",
  "\ufffe\uffff",
  "tab\tline\nreturn\rend",
  "\u2028\u2029\u200b\ufeff",
  "__proto__",
  "אבג",
  "😀𠮷",
  "x".repeat(10_000),
];
const anything = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.constantFrom(...HOSTILE));

/** Lone surrogates included, which fast-check's own units leave out. */
const units = fc.array(fc.nat(0xffff), { maxLength: 20 }).map((codes) => String.fromCharCode(...codes));

test("any name is well-formed as text, and reads as it is shown", () => {
  fc.assert(
    fc.property(fc.oneof(anything, units), (name) => {
      const shown = visible(name);
      expect(parse(`<t>${xml(shown)}</t>`).text).toBe(shown);
      expect(parse(`<t a="${xml(shown)}"/>`).attributes.a).toBe(shown);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\ufeff\ufffe\uffff]/u);
    }),
    { numRuns: 1000 },
  );
});

test.each(HOSTILE.map((name) => [name.slice(0, 40), name]))("%j in an attribute", (_, name) => {
  const read = parse(`<t a="${xmlData(name)}"/>`).attributes.a!;
  const canBeHeld = !/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(name);
  if (canBeHeld) expect(read).toBe(name);
  else expect(read).toMatch(/\\u[0-9a-f]{4}/);
});

test("an id that XML can hold comes back, any other doesn't break it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (id) => {
      expect(parse(`<t a="${xmlData(id)}"/>`).attributes.a).toBe(id);
    }),
  );
  fc.assert(
    fc.property(units, (id) => {
      expect(parse(`<t a="${xmlData(id)}"/>`).name).toBe("t");
    }),
    { numRuns: 1000 },
  );
});

test("what runs from right to left is kept apart from what follows", () => {
  expect(visible("אבג 1")).toBe("\u2068אבג 1\u2069");
  expect(visible("north 北")).toBe("north 北");
  // Isolates of its own are spelt out: they can't end ours.
  expect(visible("א\u2069ב")).toBe("\u2068א\\u2069ב\u2069");
});
