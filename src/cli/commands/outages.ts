/** `trunkflow outages`: every outage, or every pair, worst first. */
import { survivalSteps } from "../../contingency/criticality.js";
import { reinforcementSteps } from "../../contingency/reinforcement.js";
import { resultsOf, screeningOf, totalOf, type ScreenOptions } from "../../contingency/screen.js";
import { idOf, leftOf } from "../../network/outage.js";
import { NetworkError } from "../../network/issues.js";
import { printableJson } from "../../text/printable.js";
import type { Network, State } from "../../network/types.js";
import { faultOf, Stopped, WrongUsage } from "../faults.js";
import { outagesIn, situationOf, type Flags } from "../inputs.js";
import { reinforcementText, screeningText, survivalText } from "../texts/outage-texts.js";
import { colorsOf, print, progress } from "../output.js";
import { FAULTS } from "../speech.js";
import { inPieces, stopping } from "../pieces.js";
import { TOP } from "../texts/text.js";
import { wordsIn } from "../texts/words.js";
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
/** Results beyond which a list of all of them isn't held any more. */
const MOST_LISTED = 1_000_000;
/** Work on the least reinforcement, in elements times pieces: some minutes. What isn't found by then isn't waited for. */
const MOST_WORK = 2e8;

/** Tables come one by one, as they are ready: the outages first, then what is found besides. */
export async function runOutages(file: string, flags: OutagesFlags): Promise<void> {
  const { network, state, language } = await situationOf(file, flags);
  const { depth, elements: named, json = false, top = json ? Infinity : TOP } = flags;
  const elements = named && outagesIn(network, "--elements", named);
  const survivalPieces = peakChecked(network, state, flags.peak);
  const words = wordsIn(language);
  const screened = progress(words.screened);
  const options: ScreenOptions = { state, depth, ...(elements && { elements }), onProgress: screened.tell };
  const screening = screeningOf(network, options);
  const total = totalOf(screening.count, depth);
  if (top === Infinity && total > MOST_LISTED) throw new WrongUsage(FAULTS.tooMany(total));

  const { streamOutagesInParallel } = total > MANY && depth === 2 ? await import("../../parallel/index.js") : {};
  const stream = streamOutagesInParallel?.(network, options) ?? resultsOf(screening, options);
  const isStopped = stopping();
  const whole = screening.whole();
  const worst = await worstOf(stream, whole, { top, unit: network.units.flow, isStopped });
  screened.end();
  const isWhole = worst.screened === total;
  if (json) printList(worst.results);
  else {
    const left = new Map(elements?.map((outage) => [idOf(outage), leftOf(outage)]));
    print(screeningText({ network, language, colors: colorsOf(process.stdout), whole, left, ...worst }));
  }
  if (!isWhole) throw new Stopped(FAULTS.stopped(worst.screened, total));
  if (json) return;

  const page = { network, language, colors: colorsOf(process.stdout) };
  const survived = progress(words.survival);
  const survival = await inPieces(survivalPieces, { isStopped, onProgress: survived.tell });
  survived.end();
  if (survival === undefined) throw new Stopped(FAULTS.stoppedSurvival);
  if (survival.length > 1) print(`\n${survivalText(page, survival, top)}`);

  const reinforced = progress(words.reinforce);
  const reinforcement = await inPieces(reinforcementSteps(network, { state }), {
    isStopped,
    onProgress: reinforced.tell,
    most: MOST_WORK / (network.nodes.length + network.links.length),
  });
  reinforced.end();
  if (isStopped()) throw new Stopped(FAULTS.stoppedReinforcement);
  print(`\n${reinforcementText(page, reinforcement, top)}`);
}

/** The survival table's pieces, the first of which has seen that the peak is no more than can be dispatched. */
function peakChecked(network: Network, state: State, peak: number | undefined): ReturnType<typeof survivalSteps> {
  const pieces = survivalSteps(network, { state, ...(peak !== undefined && { peak }) });
  try {
    pieces.next();
    return pieces;
  } catch (reason) {
    if (peak === undefined || !(reason instanceof NetworkError)) throw reason;
    throw new WrongUsage(`--peak ${peak}` + FAULTS.colon + faultOf(reason).sentence);
  }
}

/** One by one: all of it as one text could be more than a text holds. */
function printList(results: readonly unknown[]): void {
  process.stdout.write("[");
  for (const [i, result] of results.entries())
    process.stdout.write(`${i === 0 ? "" : ","}\n  ${printableJson(JSON.stringify(result))}`);
  print(results.length === 0 ? "]" : "\n]");
}
