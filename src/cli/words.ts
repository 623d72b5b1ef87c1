/** What the command line says, in both languages. */
import type { Language } from "../network/names.js";
import type { PolicyObjective } from "../dispatch/policy.js";
import type { PlanStatus } from "../dispatch/plan.js";

export interface Words {
  readonly status: Record<PlanStatus, string>;
  readonly objectives: Record<PolicyObjective, string>;
  readonly busiest: string;
  readonly plant: string;
  readonly available: string;
  readonly now: string;
  readonly plan: string;
  readonly headroom: string;
  readonly allPlants: string;
  readonly plants: string;
  readonly spills: string;
  readonly outfall: string;
  readonly floods: string;
  readonly node: string;
  readonly above: string;
  readonly main: string;
  readonly flow: string;
  readonly aboveTarget: string;
  readonly moves: string;
  readonly set: string;
  readonly why: string;
  readonly kept: string;
  readonly objective: string;
  readonly none: string;
}

export const WORDS: Record<Language, Words> = {
  en: {
    status: { normal: "normal", surcharged: "surcharged", spilling: "SPILLING", flooding: "FLOODING" },
    objectives: {
      flooding: "flooding",
      spill: "spill, weighted",
      starved: "starved plants",
      surcharge: "above target, weighted",
      balance: "fullest plant",
      cost: "cost per hour",
      moves: "moves",
      security: "worst spill after an outage",
    },
    busiest: "Plants run",
    plant: "plant",
    available: "available",
    now: "now",
    plan: "plan",
    headroom: "headroom",
    allPlants: "all plants",
    plants: "Plants",
    spills: "Spills",
    outfall: "outfall",
    floods: "Flooding",
    node: "at",
    above: "Mains above their target",
    main: "main",
    flow: "flow",
    aboveTarget: "above target",
    moves: "Moves",
    set: "set",
    why: "why",
    kept: "No set point needs to change.",
    objective: "Objectives, in order",
    none: "none",
  },
  zh: {
    status: { normal: "正常", surcharged: "高水位", spilling: "溢流", flooding: "冒溢" },
    objectives: {
      flooding: "冒溢",
      spill: "溢流（加权）",
      starved: "水厂欠量",
      surcharge: "超目标流量（加权）",
      balance: "最高负荷率",
      cost: "每小时费用",
      moves: "调整量",
      security: "单一失效时最大溢流",
    },
    busiest: "水厂负荷率",
    plant: "水厂",
    available: "可用能力",
    now: "现状",
    plan: "方案",
    headroom: "余量",
    allPlants: "合计",
    plants: "污水处理厂",
    spills: "溢流",
    outfall: "排口",
    floods: "冒溢",
    node: "位置",
    above: "超过目标流量的干管",
    main: "干管",
    flow: "流量",
    aboveTarget: "超出",
    moves: "调整",
    set: "设定",
    why: "原因",
    kept: "各设定值均不需调整。",
    objective: "目标（按顺序）",
    none: "无",
  },
};
