/** What isn't part of the package's public face, and is measured as it is built. */
import type * as Flow from "../src/flow/leximin.js";
import type * as Simplex from "../src/flow/simplex/network-simplex.js";
import type * as Residual from "../src/flow/residual-flow.js";
import type * as Problem from "../src/problem/problem.js";

const flow = "../dist/flow.js";
const engines = "../dist/engines.js";
export const { Leximin, NetworkSimplex, ResidualFlow } = (await import(flow)) as typeof Flow &
  typeof Simplex &
  typeof Residual;
export const { FlowProblem } = (await import(engines)) as typeof Problem;
