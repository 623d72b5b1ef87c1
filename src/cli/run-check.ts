/** `trunkflow check`: what is wrong with a network file, or odd about it. */
import type { Issue } from "../network/issues.js";
import { checkNetwork, loadNetwork } from "../network/load.js";
import type { Network } from "../network/schema.js";
import { read, tell } from "./inputs.js";
import { print, printJson } from "./output.js";

/** @returns whether the file can be used */
export async function runCheck(file: string, { json }: { json?: boolean }): Promise<boolean> {
  const bytes = await read(file);
  const issues = checkNetwork(bytes);
  const isGood = issues.every((issue) => issue.severity !== "error");
  tell(file, issues);
  if (json === true) printJson(issues);
  else if (isGood) print(summary(loadNetwork(bytes), issues));
  return isGood;
}

function summary(network: Network, issues: readonly Issue[]): string {
  const count = (kinds: readonly string[], one: string) => {
    const n = kinds.filter((kind) => kind === one).length;
    return `${n} ${one}${n === 1 ? "" : "s"}`;
  };
  const kinds = [...network.nodes, ...network.links].map((element) => element.kind);
  const counts = [...new Set(kinds)].map((kind) => count(kinds, kind)).join(", ");
  const warnings =
    issues.length === 0 ? "no problems" : `${issues.length} warning${issues.length === 1 ? "" : "s"}, no errors`;
  return `${network.nodes.length} nodes, ${network.links.length} links (${counts}): ${warnings}`;
}
