/** What findings say, in both languages. Names and figures come written out. */
import type { Language } from "../network/names.js";
import type { Difference, Finding, Hold } from "./finding.js";

type Objective = Difference["objective"];

export interface Words {
  /** `A, B and C`; of long lists the first, and how many more. */
  readonly list: (items: readonly string[], more: number) => string;
  readonly sentence: (parts: readonly string[]) => string;
  readonly with: (name: string, figure: string) => string;
  readonly holds: Record<"capacity" | "outage" | "target", (names: string, count: number) => string>;
  readonly heldBy: (names: string, objective: string, count: number) => string;
  readonly objectives: Record<Objective, string>;
  readonly loss: (kind: "flooding" | "spill", flow: string, places: string) => string;
  readonly leaving: (inflow: string, leaving: string) => string;
  readonly noWayOut: string;
  readonly unforced: (objectives: string) => string;
  readonly uncounted: string;
  readonly stand: (names: string, share: string, count: number) => string;
  readonly standEach: (each: string) => string;
  readonly each: (name: string, share: string) => string;
  readonly while: (above: string, below: string) => string;
  readonly lowest: string;
  readonly apart: string;
  readonly evened: (tolerance: string) => string;
  /** Why, after what. */
  readonly because: (reason: string) => string;
  readonly held: Record<"minFlow" | "capacity", (plants: string, count: number) => string>;
  readonly heldPlant: (plants: string, objective: string, count: number) => string;
  readonly more: (name: string, added: string) => string;
  readonly fall: (objective: string, before: string, after: string) => string;
  readonly rise: (objective: string, before: string, after: string) => string;
  readonly and: (first: string, rest: readonly string[]) => string;
  readonly headroom: (plants: string, count: number) => string;
  readonly unreachable: string;
  readonly notLed: string;
  readonly spilling: (name: string) => string;
  readonly flooding: (name: string) => string;
  readonly shift: (flow: string, from: string, to: string) => string;
  readonly fuller: (name: string, before: string, after: string) => string;
  readonly set: (name: string, from: string, to: string) => string;
  readonly sets: (list: string) => string;
  readonly aside: (text: string) => string;
  readonly reroute: (list: string) => string;
  readonly unkept: (list: string, count: number) => string;
  readonly ifTolerance: (points: string) => string;
  readonly ifCostFirst: string;
  readonly ifAboveTargets: string;
  readonly kinds: Record<Exclude<Finding["kind"], "more">, (count: number) => string>;
}

export type HoldKind = Exclude<Hold["by"], "capacity" | "outage">;

const many = (count: number, one: string, more: string) => (count === 1 ? one : more);

export const WORDS: Record<Language, Words> = {
  en: {
    list: (items, more) => {
      if (more > 0) return `${items.join(", ")} and ${more} more`;
      return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`;
    },
    sentence: (parts) => `${parts.join("; ")}.`,
    with: (name, figure) => `${name} (${figure})`,
    holds: {
      capacity: (names, count) => `${names} ${many(count, "is", "are")} full`,
      outage: (names, count) => `${names} ${many(count, "is", "are")} out`,
      target: (names, count) =>
        `${names} ${many(count, "stands at its target", "stand at their targets")} and shall not run above`,
    },
    heldBy: (names, objective, count) =>
      `${names} ${many(count, "carries", "carry")} no more because that would cost ${objective}, which comes first`,
    objectives: {
      flooding: "flooding",
      spill: "weighted spill",
      starved: "what plants lack of their least flow",
      surcharge: "weighted flow above targets",
      balance: "the fullest plant",
      cost: "the cost per hour",
      moves: "what set points move",
    },
    loss: (kind, flow, places) => `${flow} ${kind === "flooding" ? "floods" : "spills"} at ${places}`,
    leaving: (inflow, leaving) => `of the ${inflow} that flows in there, no more than ${leaving} can leave`,
    noWayOut: "no way leads out of there",
    unforced: (objectives) => `it could be led elsewhere, but ${objectives} come before it in the policy`,
    uncounted: "it could be led elsewhere, but nothing in the policy asks for that",
    stand: (names, share, count) => `${names} ${many(count, "stands", "stand")} at ${share}`,
    standEach: (each) => `${each} stand alike by their weights`,
    each: (name, share) => `${name} at ${share}`,
    while: (above, below) => `${above} while ${below}`,
    lowest: "no plant in service stands lower",
    apart: "no way leads from there to plants that stand lower",
    evened: (tolerance) => `Evened out, before the tolerance of ${tolerance} is used, `,
    because: (reason) => `: ${reason}`,
    held: {
      minFlow: (plants, count) => `${plants} ${many(count, "takes", "take")} no less than the least flow`,
      capacity: (plants, count) => `${plants} ${many(count, "takes", "take")} all that can be treated`,
    },
    heldPlant: (plants, objective, count) =>
      `${plants} ${many(count, "isn't", "aren't")} evened out: ${objective} comes first and leaves no choice`,
    more: (name, added) => `With ${added} (10 %) more capacity, ${name} would bring `,
    fall: (objective, before, after) => `${objective} down from ${before} to ${after}`,
    rise: (objective, before, after) => `${objective} up from ${before} to ${after}`,
    and: (first, rest) => (rest.length === 0 ? first : `${first}, and ${rest.join(", and ")}`),
    headroom: (plants, count) =>
      `${plants} could take more, but nothing that fuller plants take can be led ${many(count, "there", "to them")}`,
    unreachable: "no way leads there",
    notLed: "",
    spilling: (name) => `spilling at ${name}`,
    flooding: (name) => `flooding at ${name}`,
    shift: (flow, from, to) => `${flow} goes from ${from} to ${to}`,
    fuller: (name, before, after) => `${name} ${before} → ${after}`,
    set: (name, from, to) => `${name} ${from} → ${to}`,
    sets: (list) => `set ${list}`,
    aside: (text) => ` (${text})`,
    reroute: (list) => `Water goes another way to where it went before: set ${list}`,
    unkept: (list, count) =>
      `${list}: ${many(count, "the set point", "these set points")} can't be kept, because the water isn't there or has no room`,
    ifTolerance: (points) => `If plants might stand ${points} off even (tolerance), that would bring `,
    ifCostFirst: "If cost came before evenness, that would bring ",
    ifAboveTargets: "If evenness came before targets, that would bring ",
    kinds: {
      loss: (count) => `${count} more places lose water.`,
      evenness: (count) => `${count} more groups of plants stand lower.`,
      held: (count) => `${count} more plants are held by a bound of their own.`,
      bottleneck: (count) => `${count} more full mains or plants were not tried with more capacity.`,
      headroom: (count) => `${count} more groups of plants have headroom out of reach.`,
      move: (count) => `${count} more shifts of water.`,
      alternative: (count) => `${count} more alternatives.`,
    },
  },
  zh: {
    list: (items, more) => (more > 0 ? `${items.join("、")}等 ${items.length + more} 项` : items.join("、")),
    sentence: (parts) => `${parts.join("；")}。`,
    with: (name, figure) => `${name}（${figure}）`,
    holds: {
      capacity: (names) => `${names}已满负荷`,
      outage: (names) => `${names}停用`,
      target: (names) => `${names}已达目标流量，不宜超过`,
    },
    heldBy: (names, objective) => `${names}不再增加，以免增加${objective}（优先于均衡）`,
    objectives: {
      flooding: "冒溢量",
      spill: "加权溢流量",
      starved: "水厂欠量",
      surcharge: "加权超目标流量",
      balance: "最高负荷率",
      cost: "每小时费用",
      moves: "调整量",
    },
    loss: (kind, flow, places) => `${places}${kind === "flooding" ? "冒溢" : "溢流"} ${flow}`,
    leaving: (inflow, leaving) => `流入该范围的 ${inflow} 中最多只能排出 ${leaving}`,
    noWayOut: "该范围没有出路",
    unforced: (objectives) => `本可改送他处，但${objectives}的次序在前`,
    uncounted: "本可改送他处，但各目标均未要求",
    stand: (names, share) => `${names}负荷率为 ${share}`,
    standEach: (each) => `${each}按权重持平`,
    each: (name, share) => `${name} ${share}`,
    while: (above, below) => `${above}，而${below}`,
    lowest: "在用水厂中没有更低的",
    apart: "没有管道由此通往负荷率更低的水厂",
    evened: (tolerance) => `均衡时（动用 ${tolerance} 的容差之前），`,
    because: (reason) => `：${reason}`,
    held: {
      minFlow: (plants) => `${plants}受最小流量所限，不能再减`,
      capacity: (plants) => `${plants}已满负荷`,
    },
    heldPlant: (plants, objective) => `${plants}未参与均衡：${objective}的次序在前，别无选择`,
    more: (name, added) => `若${name}的能力增加 ${added}（10 %），`,
    fall: (objective, before, after) => `${objective}由 ${before} 降至 ${after}`,
    rise: (objective, before, after) => `${objective}由 ${before} 升至 ${after}`,
    and: (first, rest) => [first, ...rest].join("，"),
    headroom: (plants) => `${plants}仍有余量，但负荷率更高的水厂所收的水无法改送过去`,
    unreachable: "没有管道通往该处",
    notLed: "",
    spilling: (name) => `${name}溢流`,
    flooding: (name) => `${name}冒溢`,
    shift: (flow, from, to) => `${flow} 由${from}改至${to}`,
    fuller: (name, before, after) => `${name} ${before} → ${after}`,
    set: (name, from, to) => `${name} ${from} → ${to}`,
    sets: (list) => `设定 ${list}`,
    aside: (text) => `（${text}）`,
    reroute: (list) => `水改走他路，去向不变：设定 ${list}`,
    unkept: (list) => `${list}：现设定值无法维持，水量不足或过水能力不够`,
    ifTolerance: (points) => `若允许各厂偏离均衡 ${points}（容差），`,
    ifCostFirst: "若费用先于均衡，",
    ifAboveTargets: "若均衡先于目标流量，",
    kinds: {
      loss: (count) => `另有 ${count} 处失水。`,
      evenness: (count) => `另有 ${count} 组水厂负荷率更低。`,
      held: (count) => `另有 ${count} 座水厂受自身上下限所限。`,
      bottleneck: (count) => `另有 ${count} 处满负荷的管道或水厂未作扩能试算。`,
      headroom: (count) => `另有 ${count} 组水厂的余量无法利用。`,
      move: (count) => `另有 ${count} 项改送。`,
      alternative: (count) => `另有 ${count} 个替代方案。`,
    },
  },
};
