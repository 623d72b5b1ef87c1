/** Values and places of a file as messages show them. */
import { printable } from "./printable.js";

const LONGEST_SHOWN = 60;

/** What isn't spelt out, as messages say it; no value is written so. */
export const SAMPLES: Readonly<Record<string, string>> = {
  "[…]": "a list",
  "[]": "an empty list",
  "{…}": "an object",
};

/** A value from a file in no language, safe to print and never long. */
export function sample(value: unknown): string {
  let text: string | undefined;
  if (typeof value === "number" || typeof value === "bigint") text = value.toString();
  else if (typeof value === "string") text = JSON.stringify(value.slice(0, LONGEST_SHOWN + 2));
  else if (Array.isArray(value)) return value.length > 0 ? "[…]" : "[]";
  else if (typeof value === "object" && value !== null) return "{…}";
  else text = String(value);
  return shortened(printable(text));
}

/** A value from a file, safe to print and never long. */
export function show(value: unknown): string {
  const text = sample(value);
  return SAMPLES[text] ?? text;
}

/** Cut between characters, never inside one that takes two code units. */
function shortened(text: string): string {
  if (text.length <= LONGEST_SHOWN) return text;
  return `${text.slice(0, LONGEST_SHOWN).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** `links[3].volume.max`, or `inflows["a b"]` for keys that are no identifiers. */
export function pathText(path: readonly PropertyKey[]): string {
  let text = "";
  for (const key of path) {
    if (typeof key === "number") text += `[${key}]`;
    else if (/^[A-Za-z_$][\w$-]*$/.test(String(key)) && String(key).length <= LONGEST_SHOWN) {
      text += text === "" ? String(key) : `.${String(key)}`;
    } else text += `[${show(String(key))}]`;
  }
  return text;
}
