/** Control characters, halves of characters, and what would move a cursor, turn a line around or take no room at all. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b-\u200d\u2060\ufeff]/gu;

/** Text from a file, safe on a terminal and in a message: what can't be seen is spelt out. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** JSON text whose strings are safe on a terminal; it parses to the same data. */
export function printableJson(json: string): string {
  // Line breaks are the layout's own: those inside strings are escaped already.
  return json.split("\n").map(printable).join("\n");
}
