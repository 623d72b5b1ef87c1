/** What runs in each thread: the pairs of one element after the other, on a screening of its own. */
import { workerData } from "piscina";
import { screeningOf, type ScreenOptions } from "../contingency/screen.js";
import type { OutageResult } from "../contingency/screening.js";
import { loadNetwork } from "../network/load.js";
import type { Network } from "../network/types.js";

/** What a thread starts with. A network loses its mark of being checked on the way, and is checked again. */
export interface Task {
  readonly network: Network;
  readonly options: ScreenOptions;
}

const { network, options } = workerData as Task;
const screening = screeningOf(loadNetwork(network), options);

/** All pairs of element `i` with those after it. */
export default function pairs(i: number): OutageResult[] {
  return Array.from({ length: screening.count - i - 1 }, (_, k) => screening.pair(i, i + 1 + k));
}
