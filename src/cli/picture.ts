/** A plan as a file to look at: a live page, or a picture of the map. */
import { writeFile } from "node:fs/promises";
import { dispatch } from "../dispatch/dispatch.js";
import { idOf, type Outage } from "../dispatch/outage.js";
import { OptionError } from "../errors.js";
import type { Language } from "../network/names.js";
import { printable } from "../network/printable.js";
import type { Network, State } from "../network/schema.js";
import { renderHtml } from "../view/html.js";
import { renderSvg } from "../view/svg.js";

export interface Pictured {
  readonly network: Network;
  readonly state: State;
  readonly outages: readonly Outage[];
  readonly tolerance: number;
  readonly language: Language;
}

/** How a file is made, by the end of its name. */
const MADE: Readonly<Record<string, (of: Pictured) => string>> = {
  ".html": ({ network, ...rest }) => renderHtml(network, rest),
  ".svg": ({ network, language, ...rest }) => {
    const { state, outages } = rest;
    const known = new Set(outages.map(idOf));
    const out = [...(state.out ?? []).filter((id) => !known.has(id)), ...outages];
    return renderSvg(network, dispatch(network, rest), { language, out });
  },
};

/**
 * Writes it.
 *
 * @throws OptionError for a name that ends otherwise; what the file system says where it can't be written
 */
export async function writePicture(path: string, of: Pictured): Promise<void> {
  const [end] = /\.[^.]*$/.exec(path.toLowerCase()) ?? [""];
  const make = Object.hasOwn(MADE, end) ? MADE[end] : undefined;
  if (make === undefined)
    throw new OptionError(`${printable(path)} ends in neither .html (a live page) nor .svg (a picture of the map).`);
  await writeFile(path, make(of));
}
