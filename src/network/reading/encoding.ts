/**
 * A file's bytes as text: UTF-8 or UTF-16, where that is certain. Everything else is refused: nearly any bytes can be read as GBK, Big5,
 * Shift-JIS or Latin-1, so that reading them so would be a guess, and a guess at ids is worse than none. Only what can hardly be anything
 * but GBK is named so, with what it would say.
 */
import { error, type Fault, type Issue, type IssueHint } from "../issues.js";
import { show } from "../../text/show.js";
import { placeAt } from "./json-text.js";

/** Bytes of a text that are quoted in a message at most. */
const QUOTED = 120;

export function decode(bytes: Uint8Array): { text: string } | { issue: Issue } {
  const encoding = encodingOf(bytes);
  if (encoding.startsWith("UTF-32")) return { issue: error("encoding", "", { is: "utf32", encoding }) };
  try {
    // The decoder takes the byte order mark away.
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    if (encoding === "UTF-8") return { issue: notUtf8(bytes) };
    return { issue: error("encoding", "", { is: "cutOff", encoding }) };
  }
}

/** By the byte order mark; without one by the first two characters, which are ASCII in any JSON that is an object. */
function encodingOf(bytes: Uint8Array): string {
  const [a = 1, b = 1, c = 1, d = 1] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? "UTF-32LE" : "UTF-16LE";
  if (a === 0xfe && b === 0xff) return "UTF-16BE";
  if (a === 0 && b === 0) return "UTF-32BE";
  if (a === 0 && c === 0) return "UTF-16BE";
  if (b === 0) return c === 0 && d === 0 ? "UTF-32LE" : "UTF-16LE";
  return "UTF-8";
}

/** Whether characters were lost when bytes were read in the wrong encoding: what was there is U+FFFD now. */
export function isGarbled(text: string): boolean {
  return text.includes("\ufffd");
}

/** What to do about lost characters. */
export const READ_WRONGLY: IssueHint = { is: "readWrongly" };

function notUtf8(bytes: Uint8Array): Issue {
  const { first, valid, invalid } = sequences(bytes);
  const before = new TextDecoder().decode(bytes.subarray(0, first));
  const at = placeAt(before, before.length);
  const issue = (fault: Fault): Issue => ({ ...error("encoding", "", fault), ...at });
  if (bytes.includes(0)) return issue({ is: "noText", ...at });
  if (valid > invalid) return issue({ is: "damaged", ...at });
  const reads = asGbk(bytes, quoteAround(bytes, first));
  return issue(reads === undefined ? { is: "unnamed", ...at } : { is: "likeGbk", reads: show(reads), ...at });
}

/** Where UTF-8 first can't be read, and how many characters of three and more bytes, and how many bytes that are none, there are. */
function sequences(bytes: Uint8Array): { first: number; valid: number; invalid: number } {
  let [first, valid, invalid] = [-1, 0, 0];
  for (let i = 0; i < bytes.length;) {
    const length = lengthAt(bytes, i);
    if (length === 0) {
      if (first < 0) first = i;
      invalid += 1;
    } else if (length > 2) valid += 1;
    i += Math.max(1, length);
  }
  return { first, valid, invalid };
}

/** Bytes of the UTF-8 character at `i`; 0 where there is none (Unicode standard, table 3-7). */
function lengthAt(bytes: Uint8Array, i: number): number {
  const lead = bytes[i] ?? 0;
  if (lead < 0x80) return 1;
  const length = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  for (let k = 1; k < length; k++) {
    const byte = bytes[i + k] ?? 0;
    const isSecond = k === 1;
    const low = isSecond && lead === 0xe0 ? 0xa0 : isSecond && lead === 0xf0 ? 0x90 : 0x80;
    const high = isSecond && lead === 0xed ? 0x9f : isSecond && lead === 0xf4 ? 0x8f : 0xbf;
    if (byte < low || byte > high) return 0;
  }
  return length;
}

/** What `part` of the bytes says in GBK (a part of GB18030), if the bytes can hardly be anything else. */
function asGbk(bytes: Uint8Array, part: Uint8Array): string | undefined {
  let [common, rare, isBig5] = [0, 0, true];
  for (let i = 0; i < bytes.length; i++) {
    const [lead = 0, trail = 0] = [bytes[i], bytes[i + 1]];
    if (lead < 0x80) continue;
    const isPair = lead > 0x80 && lead < 0xff && trail >= 0x40 && trail !== 0x7f && trail < 0xff;
    if (isPair) i += 1;
    // The characters of GB 2312 and its punctuation: few pairs of Big5 or Shift-JIS look so.
    if (trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xf7) || (lead >= 0xa1 && lead <= 0xa3))) common += 1;
    else rare += 1;
    // What is only made of the common characters of Big5 may be that as well.
    if (lead > 0xc6) isBig5 = false;
  }
  if (isBig5 || common <= 2 * rare) return undefined;
  try {
    new TextDecoder("gb18030", { fatal: true }).decode(bytes);
    return new TextDecoder("gb18030").decode(part);
  } catch {
    return undefined;
  }
}

/** The text in double quotes around a byte, as far as it is short. */
function quoteAround(bytes: Uint8Array, at: number): Uint8Array {
  const quote = 0x22;
  const isNear = (i: number) => i >= 0 && Math.abs(i - at) <= QUOTED;
  const [before, after] = [bytes.lastIndexOf(quote, at), bytes.indexOf(quote, at)];
  return bytes.subarray(isNear(before) ? before + 1 : at, isNear(after) ? after : at + QUOTED);
}
