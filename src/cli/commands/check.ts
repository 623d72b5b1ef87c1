/** `trunkflow check`: what is wrong with a network file, or odd about it. */
import type { Issue } from "../../network/issues.js";
import { checkNetwork } from "../../network/checks/check-network.js";
import { loadNetwork } from "../../network/load.js";
import type { Network } from "../../network/types.js";
import { UnusableFile } from "../faults.js";
import { read, told } from "../inputs.js";
import { FAULTS } from "../speech.js";
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
  const kinds = [...network.nodes, ...network.links].map((element) => element.kind);
  const count = (kind: string) => FAULTS.kind(kinds.filter((one) => one === kind).length, kind);
  const counts = FAULTS.counts(
    network.nodes.length,
    network.links.length,
    [...new Set(kinds)].map(count).join(FAULTS.and),
  );
  return counts + FAULTS.colon + FAULTS.findings(issues.length);
}
