import type { OdditiesWords } from "../en/oddities.js";
import { KINDS } from "./kinds.js";

const list = (names: readonly string[], more: number) => `${names.join("、")}${more > 0 ? `（另有 ${more} 处）` : ""}`;

export const ODDITIES: OdditiesWords = {
  stranded: ({ item }) => `${item}：由此不能到达任何污水处理厂或排口，其来水将全部冒溢。`,
  idlePlant: ({ item }) => `${item}：没有汇水区的来水能到达该厂，该厂将闲置。`,
  isolated: ({ item, kind }) =>
    `${item}：没有管段与该${(KINDS as Record<string, string>)[kind] ?? ""}（${kind}）相连。`,
  parallel: ({ item, other }) => `${item}：与 ${other} 并联；若为双管则无妨，否则即为重复。`,
  freeCycle: ({ names, more }) =>
    `泵 ${list(names, more)} 构成没有能耗的环路，水可无代价地循环。请给出各泵的 energy（kWh/m³）。`,
  passiveSplit: ({ item, names, more }) =>
    `${item}：水在此分入重力管 ${list(names, more)}，分配无法调节；方案所需的分配未必能实现。除其中一条外各设一座闸门即可调节。`,
};
