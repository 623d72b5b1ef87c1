/** What a map says, in both languages. */
import type { Language } from "../text/language.js";
import type { PlanStatus } from "../plan/plan.js";
import { STATUS_WORDS } from "../plan/words.js";
import type { LinkKind, NodeKind } from "../network/schema.js";

export interface Words {
  readonly kinds: Record<NodeKind | LinkKind, string>;
  readonly status: Record<PlanStatus, string>;
  readonly untitled: string;
  readonly legend: string;
  readonly utilisation: string;
  readonly full: string;
  readonly idle: string;
  readonly flow: (unit: string) => string;
  readonly capacity: (unit: string) => string;
  readonly signs: string;
  readonly aboveTarget: string;
  readonly out: string;
  readonly held: string;
  readonly spilling: string;
  readonly flooding: string;
  readonly drawnIn: string;
  readonly left: (share: string) => string;
  readonly carries: (flow: string, share: string) => string;
  readonly takes: (flow: string, available: string, share: string) => string;
  readonly above: (flow: string) => string;
  readonly holds: (capacity: string) => string;
  readonly spills: (flow: string) => string;
  readonly floods: (flow: string) => string;
  readonly counts: (nodes: number, links: number) => string;
  readonly is: (status: string) => string;
  readonly plants: (least: string, most: string) => string;
  /** Between sentences. */
  readonly between: string;
}

export const WORDS: Record<Language, Words> = {
  en: {
    kinds: {
      catchment: "catchment",
      junction: "junction",
      storage: "storage",
      plant: "plant",
      outfall: "outfall",
      conduit: "main",
      pump: "pump",
      gate: "gate",
    },
    status: { normal: "normal", surcharged: "surcharged", spilling: "spilling", flooding: "flooding" },
    untitled: "Sewer network",
    legend: "Legend",
    utilisation: "Utilisation",
    full: "full",
    idle: "no flow",
    flow: (unit) => `Flow, ${unit}`,
    capacity: (unit) => `Capacity, ${unit}`,
    signs: "Signs",
    aboveTarget: "above target",
    out: "out",
    held: "held",
    spilling: "spilling",
    flooding: "flooding",
    drawnIn: "Far places are drawn nearer.",
    left: (share) => `${share} available`,
    carries: (flow, share) => `carries ${flow}, ${share}`,
    takes: (flow, available, share) => `takes ${flow} of ${available}, ${share}`,
    above: (flow) => `${flow} above target`,
    holds: (capacity) => `capacity ${capacity}`,
    spills: (flow) => `spills ${flow}`,
    floods: (flow) => `floods ${flow}`,
    counts: (nodes, links) => `${nodes} ${nodes === 1 ? "node" : "nodes"}, ${links} ${links === 1 ? "link" : "links"}.`,
    is: (status) => `The plan is ${status}.`,
    plants: (least, most) => `Plants run at ${least === most ? most : `${least} to ${most}`}.`,
    between: " ",
  },
  zh: {
    kinds: {
      catchment: "汇水区",
      junction: "节点井",
      storage: "调蓄池",
      plant: "污水处理厂",
      outfall: "排口",
      conduit: "干管",
      pump: "泵",
      gate: "闸门",
    },
    status: STATUS_WORDS.zh,
    untitled: "污水管网",
    legend: "图例",
    utilisation: "负荷率",
    full: "满负荷",
    idle: "无流量",
    flow: (unit) => `流量（${unit}）`,
    capacity: (unit) => `能力（${unit}）`,
    signs: "图例",
    aboveTarget: "超目标流量",
    out: "停用",
    held: "锁定",
    spilling: "溢流",
    flooding: "冒溢",
    drawnIn: "偏远设施已移近绘制。",
    left: (share) => `可用 ${share}`,
    carries: (flow, share) => `流量 ${flow}，负荷率 ${share}`,
    takes: (flow, available, share) => `进水 ${flow}，可用能力 ${available}，负荷率 ${share}`,
    above: (flow) => `超目标流量 ${flow}`,
    holds: (capacity) => `能力 ${capacity}`,
    spills: (flow) => `溢流 ${flow}`,
    floods: (flow) => `冒溢 ${flow}`,
    counts: (nodes, links) => `节点 ${nodes} 个，管段 ${links} 条。`,
    is: (status) => `方案状态：${status}。`,
    plants: (least, most) => `各厂负荷率 ${least === most ? most : `${least} 至 ${most}`}。`,
    between: "",
  },
};
