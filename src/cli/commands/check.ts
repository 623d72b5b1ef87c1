/** `trunkflow check`: what is wrong with a network file, or odd about it. */
import type { Issue } from "../../network/issues.js";
import { checkNetwork } from "../../network/checks/check-network.js";
import { loadNetwork } from "../../network/load.js";
import type { Network } from "../../network/schema.js";
import { UnusableFile } from "../faults.js";
import { read, told } from "../inputs.js";
import { complain, print, printJson } from "../output.js";

export async function runCheck(file: string, { json }: { json?: boolean }): Promise<void> {
  const bytes = await read(file);
  const issues = checkNetwork(bytes);
  const isGood = issues.every((issue) => issue.severity !== "error");
  if (json === true) printJson(issues);
  if (!isGood) throw new UnusableFile(told(file, issues));
  if (issues.length > 0) complain(told(file, issues));
  if (json !== true) print(summary(loadNetwork(bytes), issues));
}

function summary(network: Network, issues: readonly Issue[]): string {
  const many = (n: number, one: string) => `${n} ${one}${n === 1 ? "" : "s"}`;
  const count = (kinds: readonly string[], one: string) => many(kinds.filter((kind) => kind === one).length, one);
  const kinds = [...network.nodes, ...network.links].map((element) => element.kind);
  const counts = [...new Set(kinds)].map((kind) => count(kinds, kind)).join(", ");
  const warnings = issues.length === 0 ? "no problems" : `${many(issues.length, "warning")}, no errors`;
  return `${many(network.nodes.length, "node")}, ${many(network.links.length, "link")} (${counts}): ${warnings}`;
}
