/** All that dispatching by linear programs takes. */
import { linearEngine } from "../engines/linear-engine.js";
import { javascriptLpSolver } from "../linear/javascript-lp-solver.js";
import { outagesOf } from "../network/outage.js";
import { Security } from "../problem/security.js";
import type { LinearKit } from "./linear-slot.js";

export const LINEAR: LinearKit = {
  backend: javascriptLpSolver,
  engineOn: (backend) => (problem, security) => linearEngine(problem, backend, security),
  securityOf: (network, secure) => new Security(network, outagesOf(network, secure)),
};
