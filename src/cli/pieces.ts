/** Long work in pieces, so that a wish to stop is heard while it goes on. */
import { setImmediate } from "node:timers/promises";
import { hasNoReader } from "./output.js";

/** Milliseconds of work between two looks at what else has happened, such as a wish to stop. */
const BREATH = 100;

/** Lets be heard what happened since the last breath, where that is a while ago. */
export function breathing(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < BREATH) return;
    await setImmediate();
    last = performance.now();
  };
}

/** Listens for the wish to stop from now on: asked to once, it is told; asked again, the program ends at once. */
export function stopping(): () => boolean {
  let isStopped = false;
  process.once("SIGINT", () => (isStopped = true));
  return () => isStopped || hasNoReader();
}

interface Piece {
  readonly done: number;
  readonly total: number;
}

/** Goes through all pieces; undefined where it was stopped, or where there are more than `most`. */
export async function inPieces<T>(
  steps: Generator<Piece, T, undefined>,
  {
    isStopped,
    onProgress,
    most = Infinity,
  }: {
    readonly isStopped: () => boolean;
    readonly onProgress: (done: number, total: number) => void;
    readonly most?: number;
  },
): Promise<T | undefined> {
  const breathe = breathing();
  for (let pieces = 0; pieces <= most; pieces++) {
    const step = steps.next();
    if (step.done === true) return step.value;
    const { done, total } = step.value;
    if (done > 0) onProgress(done, total);
    await breathe();
    if (isStopped()) break;
  }
  return undefined;
}
