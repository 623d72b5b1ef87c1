/** The worst of a screening, however many outages it has. */
import { byRank } from "../../contingency/screen.js";
import { lostMore, type OutageResult } from "../../contingency/screening.js";
import type { FlowUnit } from "../../units/flow.js";
import { breathing } from "../pieces.js";

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
  { top, unit, isStopped }: { readonly top: number; readonly unit: FlowUnit; readonly isStopped: () => boolean },
): Promise<Worst> {
  const held: OutageResult[] = [];
  const keepWorst = () => held.sort(byRank).splice(top);
  let screened = 0;
  let losing = 0;
  const breathe = breathing();
  for await (const result of results) {
    screened++;
    const { flooding, spill } = lostMore(result, whole, unit);
    if (flooding > 0 || spill > 0) losing++;
    held.push(result);
    if (held.length > 2 * top + SLACK) keepWorst();
    await breathe();
    if (isStopped()) break;
  }
  keepWorst();
  return { results: held, screened, losing };
}
