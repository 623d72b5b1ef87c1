/** The worst of a screening, however many outages it has. */
import { byRank } from "../contingency/screen.js";
import { figureOf, type OutageResult } from "../contingency/screening.js";
import { breathing } from "./pieces.js";

export interface Worst {
  /** The worst, worst first. */
  readonly results: readonly OutageResult[];
  /** Outages that were screened, and of these such as lose more than is lost without them. */
  readonly screened: number;
  readonly losing: number;
}

/** Results beyond those wanted that are held before they are sorted out. */
const SLACK = 1000;

/** Reads a screening to its end, or until `isStopped`: what has been found until then is whole. Holds little more than `top` results. */
export async function worstOf(
  results: AsyncIterable<OutageResult> | Iterable<OutageResult>,
  whole: OutageResult,
  { top, isStopped }: { readonly top: number; readonly isStopped: () => boolean },
): Promise<Worst> {
  const held: OutageResult[] = [];
  const keepWorst = () => held.sort(byRank).splice(top);
  let screened = 0;
  let losing = 0;
  const breathe = breathing();
  for await (const result of results) {
    screened++;
    if (losesMore(result, whole)) losing++;
    held.push(result);
    if (held.length > 2 * top + SLACK) keepWorst();
    await breathe();
    if (isStopped()) break;
  }
  keepWorst();
  return { results: held, screened, losing };
}

function losesMore(result: OutageResult, whole: OutageResult): boolean {
  const [now, then] = [lossOf(result), lossOf(whole)];
  return now.flooding > then.flooding || (now.flooding === then.flooding && now.spill > then.spill);
}

/** What floods, and what spills by weight; 0 for what the policy leaves out. */
export function lossOf(result: OutageResult): { readonly flooding: number; readonly spill: number } {
  return { flooding: figureOf(result, "flooding") ?? 0, spill: figureOf(result, "spill") ?? 0 };
}
