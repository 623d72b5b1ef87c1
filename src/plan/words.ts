/** What people call a plan's status, its objectives and its parts, in both languages. */
import type { Language } from "../text/language.js";
import type { Network } from "../network/schema.js";
import type { PlanStatus } from "./plan.js";
import type { PolicyObjective } from "../problem/policy.js";

export const STATUS_WORDS: Record<Language, Record<PlanStatus, string>> = {
  en: { normal: "normal", surcharged: "surcharged", spilling: "SPILLING", flooding: "FLOODING" },
  zh: { normal: "正常", surcharged: "高水位", spilling: "溢流", flooding: "冒溢" },
};

export const OBJECTIVE_WORDS: Record<Language, Record<PolicyObjective, string>> = {
  en: {
    flooding: "flooding",
    spill: "spill, weighted",
    starved: "starved plants",
    surcharge: "above target, weighted",
    balance: "fullest plant",
    cost: "cost per hour",
    moves: "moves",
    sharing: "largest share flooded",
    security: "worst spill after an outage",
  },
  zh: {
    flooding: "冒溢",
    spill: "溢流（加权）",
    starved: "水厂欠量",
    surcharge: "超目标流量（加权）",
    balance: "最高负荷率",
    cost: "每小时费用",
    moves: "调整量",
    sharing: "最大冒溢比例",
    security: "单一失效时最大溢流",
  },
};

const WEIGHTED: Record<Language, string> = { en: ", weighted", zh: "（加权）" };

/** What a plan's figure of an objective is called: as weighted too where the network gives weights that it counts by. */
export function objectiveName(
  network: Network,
  name: PolicyObjective,
  language: Language,
  word = OBJECTIVE_WORDS[language][name],
): string {
  return countsByWeight(network, name) ? word + WEIGHTED[language] : word;
}

/** Whether a network's weights make an objective another figure than its name alone would say; what always says so is left out. */
export function countsByWeight({ nodes }: Network, name: PolicyObjective): boolean {
  if (name === "balance") return nodes.some((node) => node.kind === "plant" && node.weight !== 1);
  return name === "flooding" && nodes.some((node) => node.kind !== "outfall" && node.floodWeight !== 1);
}

/** Titles of what a plan tells besides flows, and what stands between figures in a list. */
export interface PartWords {
  /** What comes without a plan, after a failure. */
  readonly idle: string;
  readonly held: string;
  readonly splits: string;
  readonly circulation: string;
  readonly notes: string;
  readonly ofInflow: string;
  readonly and: string;
  readonly colon: string;
}

export const PART_WORDS: Record<Language, PartWords> = {
  en: {
    idle: "if nobody acts",
    held: "Held by operators",
    splits: "Relies on splits between gravity mains that nothing sets",
    circulation: "Stopped, as it would only go round in circles",
    notes: "Not taken as given",
    ofInflow: "of its inflow",
    and: ", ",
    colon: ": ",
  },
  zh: {
    idle: "不采取措施",
    held: "人工锁定",
    splits: "依赖无法调节的重力流分配",
    circulation: "只在管网中循环、予以停止的水量",
    notes: "未按原值取用",
    ofInflow: "占来水",
    and: "、",
    colon: "：",
  },
};
