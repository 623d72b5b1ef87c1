/** What a network's objectives are called. */
import type { Language } from "../text/language.js";
import { objectiveWords } from "../text/words.js";
import type { Network } from "../network/types.js";
import type { PolicyObjective } from "../problem/policy.js";

/** What a plan's figure of an objective is called: as weighted too where the network gives weights that it counts by. */
export function objectiveName(network: Network, name: PolicyObjective, language: Language, word?: string): string {
  const words = objectiveWords(language);
  const plain = word ?? words.names[name];
  return countsByWeight(network, name) ? plain + words.byWeight : plain;
}

/** Whether a network's weights make an objective another figure than its name alone would say; what always says so is left out. */
export function countsByWeight({ nodes }: Network, name: PolicyObjective): boolean {
  if (name === "balance") return nodes.some((node) => node.kind === "plant" && node.weight !== 1);
  return name === "flooding" && nodes.some((node) => node.kind !== "outfall" && node.floodWeight !== 1);
}
