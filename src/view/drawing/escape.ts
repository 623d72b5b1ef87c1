/** Text from a file, made safe to stand in XML. */
import { printable } from "../../text/printable.js";

/** What XML 1.0 has no way to write, besides what `printable` spells out. */
const NOT_XML = /[\ufffe\uffff]/g;
/** Control characters but tab and line ends, halves of characters and the two that are none. */
const NOT_XML_AT_ALL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

const NAMED: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** A name for people: what can't be seen is spelt out, and none of it turns around the text that follows. */
export function visible(name: string): string {
  const text = printable(name).replace(NOT_XML, "\ufffd");
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}

/** Text between tags, or within double quotes. */
export function xml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => NAMED[c] ?? c);
}

/** An attribute that programs read: what XML can hold comes back as it was, the rest is spelt out. */
export function xmlData(text: string): string {
  return xml(text.replace(NOT_XML_AT_ALL, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)).replace(
    /[\t\n\r]/g,
    (c) => `&#${c.charCodeAt(0)};`,
  );
}
