/** `trunkflow outages`: every outage, or every pair, worst first. */
import { survivalTable } from "../contingency/criticality.js";
import { leastReinforcement } from "../contingency/reinforcement.js";
import { resultsOf, screeningOf, totalOf, type ScreenOptions } from "../contingency/screen.js";
import { idOf, leftOf } from "../dispatch/outage.js";
import { OptionError } from "../errors.js";
import { printableJson } from "../network/printable.js";
import { outagesIn, situationOf, type Flags } from "./inputs.js";
import { outagesText } from "./outage-texts.js";
import { colorsOf, complain, print, progress } from "./output.js";
import { worstOf } from "./worst.js";

interface OutagesFlags extends Omit<Flags, "out"> {
  readonly depth: 1 | 2;
  readonly elements?: string[];
  readonly peak?: number;
  readonly top?: number;
  readonly json?: boolean;
}

/** Pairs beyond which threads are worth their start. */
const MANY = 20_000;
/** Outages on a page, if not said otherwise. */
const TOP = 20;
/** Results beyond which a list of all of them isn't held any more. */
const MOST_LISTED = 1_000_000;
/** Links of networks that the least reinforcement is found for within seconds. */
const MOST_TO_REINFORCE = 400;

/** @returns whether all were screened: not where it was stopped */
export async function runOutages(file: string, flags: OutagesFlags): Promise<boolean> {
  const { network, state, language } = await situationOf(file, flags);
  const { depth, elements: named, json = false, top = json ? Infinity : TOP } = flags;
  const elements = named && outagesIn(network, "--elements", named);
  const options: ScreenOptions = { state, depth, ...(elements && { elements }), onProgress: progress() };
  const screening = screeningOf(network, options);
  const total = totalOf(screening.count, depth);
  if (top === Infinity && total > MOST_LISTED)
    throw new OptionError(`--json would list ${total} outages; say how many of the worst with --top.`);

  const { streamOutagesInParallel } = total > MANY && depth === 2 ? await import("../parallel/index.js") : {};
  const stream = streamOutagesInParallel?.(network, options) ?? resultsOf(screening, options);
  let isStopped = false;
  // Asked to stop, it tells what it has; asked again, it ends at once.
  process.once("SIGINT", () => (isStopped = true));
  const whole = screening.whole();
  const { results, screened, losing } = await worstOf(stream, whole, { top, isStopped: () => isStopped });
  const isWhole = screened === total;
  if (!isWhole) complain(`stopped: ${screened} of ${total} outages were screened`);

  if (json) {
    // One by one: all of it as one text could be more than a text holds.
    process.stdout.write("[");
    for (const [i, result] of results.entries())
      process.stdout.write(`${i === 0 ? "" : ","}\n  ${printableJson(JSON.stringify(result))}`);
    print(results.length === 0 ? "]" : "\n]");
    return isWhole;
  }
  const colors = colorsOf(process.stdout);
  const left = new Map(elements?.map((outage) => [idOf(outage), leftOf(outage)]));
  const page = { network, language, colors, whole, results, screened, losing, left };
  if (!isWhole) {
    print(outagesText(page));
    return isWhole;
  }
  const survival = survivalTable(network, { state, ...(flags.peak !== undefined && { peak: flags.peak }) });
  const isSmall = network.links.length <= MOST_TO_REINFORCE;
  const reinforcement = isSmall ? leastReinforcement(network, { state }) : MOST_TO_REINFORCE;
  print(outagesText({ ...page, survival, reinforcement }));
  return isWhole;
}
