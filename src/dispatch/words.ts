/** What people call a plan's status and its objectives, in both languages. */
import type { Language } from "../network/names.js";
import type { PlanStatus } from "./plan.js";
import type { PolicyObjective } from "./policy.js";

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
