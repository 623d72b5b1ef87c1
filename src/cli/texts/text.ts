/** What all pages of text are made of. */
import Table from "cli-table3";
import type { createColors } from "picocolors";
import type { PlanStatus } from "../../plan/plan.js";
import { localise, type Language } from "../../text/language.js";
import { printable } from "../../text/printable.js";
import type { Network } from "../../network/types.js";
import type { Words } from "./words.js";

export type Colors = ReturnType<typeof createColors>;

/** Rows of a table, if not said otherwise. */
export const TOP = 20;

/** Cells of a utilisation bar. */
const BAR = 10;

/** What an element is called on a page: its name, and its id where that is something else. */
export function naming(network: Network, language: Language, colors: Colors): (id: string) => string {
  const names = new Map(
    [...network.nodes, ...network.links].map((element) => [element.id, printable(localise(element, language))]),
  );
  return (id) => {
    const name = names.get(id);
    const plain = printable(id);
    return name === undefined || name === plain ? plain : `${name} ${colors.dim(`[${plain}]`)}`;
  };
}

export function statusText(status: PlanStatus, words: Record<PlanStatus, string>, colors: Colors): string {
  const paint = { normal: colors.green, surcharged: colors.yellow, spilling: colors.red, flooding: colors.red }[status];
  return paint(`● ${words[status]}`);
}

export function shaded(share: number, text: string, colors: Colors): string {
  return share > 0.95 ? colors.red(text) : share > 0.85 ? colors.yellow(text) : text;
}

/** The `top` of a list by size, largest first; all of it as it is where it is no longer. */
export function largest<T>(list: readonly T[], top: number, size: (one: T) => number): readonly T[] {
  return list.length <= top ? list : [...list].sort((a, b) => size(b) - size(a)).slice(0, top);
}

/** Ends a table that leaves out some rows. */
export function rest(words: Words, colors: Colors, left: number): string {
  return left > 0 ? `\n${colors.dim(words.more(left))}` : "";
}

export function bar(share: number, colors: Colors): string {
  const cells = Math.min(BAR, Math.round(share * BAR));
  return shaded(share, "█".repeat(cells), colors) + colors.dim("░".repeat(BAR - cells));
}

export function table(head: string[], colAligns: ("left" | "right")[]): InstanceType<typeof Table> {
  const none = {
    top: "",
    "top-mid": "",
    "top-left": "",
    "top-right": "",
    bottom: "",
    "bottom-mid": "",
    "bottom-left": "",
    "bottom-right": "",
    left: " ",
    "left-mid": "",
    mid: "",
    "mid-mid": "",
    right: "",
    "right-mid": "",
    middle: " ",
  };
  return new Table({
    head,
    colAligns,
    chars: none,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 1, compact: true },
  });
}
