/** Files as bytes: what is certain is read, what isn't is named, and nothing is read with a loss. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkNetwork, checkState, loadNetwork, loadState, type Issue } from "../../../src/index.js";
import { codes, errorsOf, messages, sample } from "../samples.js";

const named = (id: string, name: unknown = id) => ({
  units: { flow: "m3/s" },
  nodes: [
    { id, kind: "catchment", inflow: 0.5, name },
    { id: "works", kind: "plant", capacity: 1 },
  ],
  links: [{ id: "main", kind: "conduit", from: id, to: "works", capacity: 1 }],
});
const json = (id: string) => JSON.stringify(named(id), null, 1);
const utf8 = (text: string) => new TextEncoder().encode(text);
const bytesOf = (...parts: (string | number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part, "latin1")] : part)));
/** The file with an id that is just these bytes. */
const raw = (id: number[]) =>
  bytesOf(
    ...json("!")
      .split("!")
      .flatMap((part, i) => (i === 0 ? [part] : [id, part])),
  );
const utf16 = (text: string, isBig: boolean, mark: boolean) => {
  const buffer = Buffer.from(`${mark ? "\ufeff" : ""}${text}`, "utf16le");
  return Uint8Array.from(isBig ? buffer.swap16() : buffer);
};

/** 南站 and 北区厂 in GBK, from the code chart. */
const SOUTH = [0xc4, 0xcf, 0xd5, 0xbe];
const NORTH = [0xb1, 0xb1, 0xc7, 0xf8, 0xb3, 0xa7];

describe("what is certain is read", () => {
  const text = json("北区 Süd 😀");
  const right = loadNetwork(named("北区 Süd 😀"));
  test.each<[string, Uint8Array | ArrayBuffer]>([
    ["UTF-8", utf8(text)],
    ["UTF-8 with a byte order mark", utf8(`\ufeff${text}`)],
    ["a Buffer", Buffer.from(text)],
    ["an ArrayBuffer", Uint8Array.from(utf8(text)).buffer],
    ["a view of some of the bytes", Uint8Array.from([1, ...utf8(text), 2]).subarray(1, -1)],
    ["UTF-16, little end first", utf16(text, false, true)],
    ["UTF-16, big end first", utf16(text, true, true)],
    ["UTF-16, little end first, without a mark", utf16(text, false, false)],
    ["UTF-16, big end first, without a mark", utf16(text, true, false)],
  ])("%s", (_, bytes) => {
    expect(loadNetwork(bytes)).toEqual(right);
    expect(checkNetwork(bytes)).toEqual([]);
  });

  test("states as well", () => {
    const state = { inflows: { "北区 Süd 😀": 0.4 } };
    for (const bytes of [utf8(JSON.stringify(state)), utf16(JSON.stringify(state), true, false)]) {
      expect(loadState(right, bytes).inflows).toEqual(state.inflows);
      expect(checkState(right, bytes)).toEqual([]);
    }
  });

  test("whatever the ids, in either encoding, and never with a loss", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), fc.boolean(), fc.boolean(), (id, isBig, mark) => {
        fc.pre(!id.includes("\ufffd") && id !== "__proto__" && id !== "works" && id !== "main");
        for (const bytes of [utf8(json(id)), utf16(json(id), isBig, mark)])
          expect(loadNetwork(bytes).nodes[0]?.id).toBe(id);
      }),
    );
  });
});

describe("what isn't is named", () => {
  const only = (bytes: Uint8Array): Issue => {
    const errors = errorsOf(bytes);
    expect(codes(errors)).toEqual(["encoding"]);
    expect(() => loadState(loadNetwork(named("x")), bytes)).toThrow(errors[0]?.message);
    return errors[0]!;
  };

  test.each<[string, number[], string]>([
    ["two characters", SOUTH, "南站"],
    ["three", NORTH, "北区厂"],
    ["among ASCII", [0x41, ...SOUTH, 0x31], "A南站1"],
    ["one whose second byte is ASCII among others", [...SOUTH, ...NORTH, 0xe9, 0x46], "南站北区厂镕"],
  ])("GBK: %s", (_, id, reads) => {
    const issue = only(raw(id));
    expect(issue.message).toBe(
      `the file is not in UTF-8; it seems to be in GBK or GB18030, which would make line 7, column ${11 + id.findIndex((b) => b > 127)} read "${reads}". Save it as UTF-8 (iconv -f GB18030 -t UTF-8 converts it).`,
    );
    expect(issue).toMatchObject({ line: 7, path: "" });
  });

  // Bytes as Python's codecs write these names.
  test.each<[string, string]>([
    ["Big5: 污水處理廠", "a6c3a4f4b342b27abc74"],
    ["Big5: 東廠", "aa46bc74"],
    ["Big5: 北區", "a55fb0cf"],
    ["Big5: 中央抽水站", "a4a4a5a1a9e2a4f4afb8"],
    ["Big5: 排放口", "b1c6a9f1a466"],
    ["Shift-JIS: 下水処理場", "89ba90858f88979d8fea"],
    ["Shift-JIS: 北ポンプ場", "966b837c839383768fea"],
    ["Shift-JIS: 雨水吐", "894a90859366"],
    ["GBK or Big5, of which each has this: 东厂", "b6abb3a7"],
    ["Latin-1: Süd", "53fc64"],
    ["Latin-1: Évry", "c9767279"],
    ["Latin-1: café", "636166e9"],
  ])("what could be several encodings isn't named: %s", (_, hex) => {
    const { message, line } = only(raw([...Buffer.from(hex, "hex")]));
    expect(message).not.toContain("seems");
    expect(message).toMatch(
      /^the file is not in UTF-8 or UTF-16: line 7, column 1[1-4] can't be read so, and its bytes don't tell which other encoding it is in \(GBK, Big5, Shift-JIS, Latin-1, …\)\. Save it as UTF-8/,
    );
    expect(line).toBe(7);
  });

  test("UTF-32", () => {
    const wide = Uint8Array.from(
      "\ufeff{}".split("").flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8, 0, 0]),
    );
    for (const bytes of [wide, wide.subarray(4)])
      expect(only(bytes).message).toBe("the file is in UTF-32LE, which isn't read here. Save it as UTF-8.");
    expect(only(Uint8Array.from([0, 0, 0xfe, 0xff, 0, 0, 0, 0x7b])).message).toContain("UTF-32BE");
  });

  test("UTF-8 that is cut within a character, or has some that are none", () => {
    const whole = utf8(json("北区厂南站"));
    const at = whole.indexOf(0xe5);
    expect(only(whole.subarray(0, whole.lastIndexOf(0xe7) + 1)).message).toMatch(
      /^the file is in UTF-8 but damaged: line/,
    );
    const spoilt = Uint8Array.from(whole);
    spoilt[at] = 0x41;
    expect(only(spoilt).message).toMatch(/^the file is in UTF-8 but damaged: line 7, column 12 can't be read/);
  });

  test("UTF-16 that is cut within a character", () => {
    const bytes = utf16(json("北"), false, true);
    expect(only(bytes.subarray(0, bytes.length - 1)).message).toMatch(
      /^the file begins as UTF-16LE and doesn't go on so/,
    );
  });

  test("what is no text", () => {
    expect(only(bytesOf("PK\u0003\u0004", [0xff, 0, 0x80, 0])).message).toMatch(/^the file is no text/);
  });

  test("no bytes at all are no JSON", () => {
    expect(messages(errorsOf(new Uint8Array(0)))).toEqual(["the file is not JSON: it is empty."]);
    expect(messages(errorsOf(bytesOf([0xef, 0xbb, 0xbf])))).toEqual(["the file is not JSON: it is empty."]);
  });

  test("any bytes are read as they are, or refused", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 60 }),
        fc.constantFrom("", "{", '{"a":"', "\u00ff\u00fe"),
        (tail, head) => {
          expect(errorsOf(bytesOf(head, [...tail])).length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("an id of any two bytes above ASCII is never read but as UTF-8", () => {
    for (let lead = 0x80; lead < 0x100; lead++)
      for (const trail of [0x41, 0x80, 0xa1, 0xbf, 0xfe]) {
        const bytes = raw([lead, trail]);
        const isUtf8 = lead >= 0xc2 && lead <= 0xdf && trail >= 0x80 && trail <= 0xbf;
        expect(codes(checkNetwork(bytes)), `${lead} ${trail}`).toEqual(isUtf8 ? [] : ["encoding"]);
      }
  });
});

describe("characters that were lost before", () => {
  const told = (input: unknown) => checkNetwork(input).map(({ code, severity, path }) => `${severity} ${code} ${path}`);

  test("in an id, in text or data", () => {
    const file = named("\ufffd\ufffd", "North");
    for (const input of [file, JSON.stringify(file), utf8(JSON.stringify(file))]) {
      expect(told(input)).toEqual(["error garbled nodes[0].id"]);
      expect(errorsOf(input)[0]?.message).toMatch(
        /^nodes\[0\] "\ufffd\ufffd": its id has characters that were lost \(U\+FFFD\)\. The file was read in the wrong encoding before: give its bytes/,
      );
    }
    expect(told(JSON.stringify(file).replaceAll("\ufffd", "\\ufffd"))).toEqual(["error garbled nodes[0].id"]);
  });

  test("in the id of a link", () => {
    const file = named("c");
    file.links[0]!.id = "m\ufffd";
    expect(told(file)).toEqual(["error garbled links[0].id"]);
  });

  test("in a name it is a warning: the plan is right without", () => {
    expect(told(named("c", "N\ufffd"))).toEqual(["warning garbled nodes[0].name"]);
    expect(told(named("c", { en: "N", zh: "\ufffd" }))).toEqual(["warning garbled nodes[0].name"]);
    expect(told({ ...sample(), name: "\ufffd", description: { zh: "\ufffd" } })).toEqual([
      "warning garbled name",
      "warning garbled description",
    ]);
  });

  test("in a state", () => {
    const city = loadNetwork(named("c"));
    const [issue] = checkState(city, { out: ["\ufffd\ufffd"] });
    expect(issue?.message).toMatch(/which the network doesn't have\. The file was read in the wrong encoding before/);
  });

  test("in text that is no JSON for it", () => {
    const [issue] = checkNetwork("\ufffd\ufffd{\u0000\n\u0000");
    expect(issue).toMatchObject({ code: "json", line: 1, column: 1 });
    expect(issue?.message).toContain("The file was read in the wrong encoding before");
  });
});
