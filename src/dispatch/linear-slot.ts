/**
 * Where the LP engines are found once they are loaded. Most who dispatch never need them, and a page shouldn't carry them for nothing: so
 * no function imports them, and whoever wants them puts them in. The module `trunkflow` does so as it is loaded, as in Node; a bundler, which
 * takes only the functions that are used, leaves that out, and with it the LP engines.
 */
import type { Engine } from "../engines/engine.js";
import { OptionError } from "../errors.js";
import type { LinearBackend } from "../linear/program.js";
import type { SecureList } from "../network/outage.js";
import type { Network } from "../network/types.js";
import type { FlowProblem } from "../problem/problem.js";
import type { Security } from "../problem/security.js";

export type EngineMaker = (problem: FlowProblem, security?: Security) => Engine;

export interface LinearKit {
  /** What solves where no other backend is given. */
  readonly backend: LinearBackend;
  engineOn(backend: LinearBackend): EngineMaker;
  securityOf(network: Network, secure: SecureList): Security;
}

let loaded: LinearKit | undefined;

export function provideLinear(kit: LinearKit): void {
  loaded = kit;
}

/** @throws OptionError where they aren't loaded */
export function linearKit(): LinearKit {
  if (loaded !== undefined) return loaded;
  throw new OptionError(
    'this bundle lacks the LP engines, which "secure" and every engine but "network" need. Put this into it: import "trunkflow/linear".',
  );
}
