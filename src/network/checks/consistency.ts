/**
 * What each schema rule by itself can't see: ids across the file, and figures that don't go together. Both look at the data
 * as it was read and pass over what is malformed, which the schema tells of, so that one look at a file mends all of it.
 */
import { FLOW_UNITS, fromQuanta, MOST_QUANTA, toQuanta, unitLabel, type FlowUnit } from "../../units/flow.js";
import { isGarbled, READ_WRONGLY } from "../reading/encoding.js";
import { error, meant, warning, type Issue } from "../issues.js";
import { hints } from "../../text/nearest.js";
import { show } from "../../text/show.js";

/** A node or link as it was read. */
class Item {
  /** `links[3]` */
  readonly where: string;
  readonly id: string | undefined;
  private readonly data: unknown;

  constructor(part: string, index: number, data: unknown) {
    this.where = `${part}[${index}]`;
    this.data = data;
    this.id = this.text("id");
  }

  /** `links[3] "east-main"` */
  get label(): string {
    return this.id === undefined ? this.where : `${this.where} ${show(this.id)}`;
  }

  value(key: string): unknown {
    return read(this.data, key);
  }

  text(key: string): string | undefined {
    const value = this.value(key);
    return typeof value === "string" ? value : undefined;
  }

  /** A figure that is one: finite and not negative. */
  figure(key: string): number | undefined {
    const value = read(this.data, key);
    return typeof value === "number" && value >= 0 && value < Infinity ? value : undefined;
  }
}

/** Ids and names of which characters were lost, ids that occur twice, ends that dangle, and links that end where they can't. */
export function checkIds(data: unknown): Issue[] {
  const issues: Issue[] = [];
  const nodes = itemsOf(data, "nodes");
  const links = itemsOf(data, "links");
  for (const key of ["name", "description"])
    if (texts(read(data, key)).some(isGarbled))
      issues.push(warning("garbled", key, { is: "garbled", item: "", key }, READ_WRONGLY));
  const taken = new Map<string, string>();
  for (const item of [...nodes, ...links]) {
    const { id, where } = item;
    if (id !== undefined && isGarbled(id))
      issues.push(error("garbled", `${where}.id`, { is: "garbled", item: item.label, key: "id" }, READ_WRONGLY));
    if (texts(item.value("name")).some(isGarbled))
      issues.push(warning("garbled", `${where}.name`, { is: "garbled", item: item.label, key: "name" }, READ_WRONGLY));
    if (id === undefined) continue;
    const other = taken.get(id);
    if (other === undefined) taken.set(id, where);
    else issues.push(error("duplicate-id", `${where}.id`, { is: "idTaken", item: item.label, by: other }));
  }
  const kinds = new Map(nodes.map((node) => [node.id, node.text("kind")]));
  const hint = hints([...kinds.keys()].filter((id) => id !== undefined));
  for (const link of links) {
    const { where } = link;
    const [from, to] = [link.text("from"), link.text("to")];
    for (const [end, id] of [
      ["from", from],
      ["to", to],
    ] as const) {
      if (id === undefined || kinds.has(id)) continue;
      const fault = { is: "endUnknown", item: link.label, end, id: show(id) } as const;
      issues.push(error("unknown-id", `${where}.${end}`, fault, meant(hint(id))));
    }
    const item = link.label;
    if (from !== undefined && from === to) {
      issues.push(error("self-loop", `${where}.to`, { is: "selfLoop", item, node: show(from) }));
    } else if (kinds.get(from) === "outfall") {
      issues.push(error("wrong-kind", `${where}.from`, { is: "fromOutfall", item, node: show(from) }));
    } else if (kinds.get(to) === "outfall" && (link.figure("reverseCapacity") ?? 0) > 0) {
      issues.push(error("wrong-kind", `${where}.reverseCapacity`, { is: "backFromOutfall", item, node: show(to) }));
    }
  }
  return issues;
}

/** Figures that are each well formed but don't go together, or that exact arithmetic can't hold. */
export function checkFigures(data: unknown): Issue[] {
  const issues: Issue[] = [];
  const unit = unitOf(data);
  const flow = (value: number) => (unit === undefined ? `${value}` : `${value} ${unitLabel(unit)}`);
  const isHeld = (value: number) => unit === undefined || toQuanta(value, unit) <= MOST_QUANTA;
  const most = unit === undefined ? "" : flow(Math.floor(fromQuanta(MOST_QUANTA, unit)));
  const checkHeld = (item: Item, key: string, value: number | undefined) => {
    if (value === undefined || isHeld(value)) return;
    const fault = { is: "beyond", item: item.label, key, value: flow(value), most } as const;
    issues.push(error("range", `${item.where}.${key}`, fault));
  };
  let inflow = 0;
  for (const node of itemsOf(data, "nodes")) {
    const { where, label: item } = node;
    const kind = node.text("kind");
    if (kind === "catchment") {
      checkHeld(node, "inflow", node.figure("inflow"));
      inflow += node.figure("inflow") ?? 0;
    } else if (kind === "plant") {
      const [least = 0, capacity = Infinity] = [node.figure("minFlow"), node.figure("capacity")];
      checkHeld(node, "capacity", node.figure("capacity"));
      if (least > capacity) {
        const bounds = { key: "minFlow", least: flow(least), of: "capacity", value: flow(capacity) };
        issues.push(error("range", `${where}.minFlow`, { is: "leastAboveMost", item, ...bounds }));
      }
    } else if (kind === "storage") {
      const [min = 0, max = Infinity] = [node.figure("volume.min"), node.figure("volume.max")];
      const initial = node.figure("volume.initial") ?? min;
      if (min > max) {
        const bounds = { key: "volume.min", least: `${min} m³`, of: "volume.max", value: `${max} m³` };
        issues.push(error("range", `${where}.volume`, { is: "leastAboveMost", item, ...bounds }));
      } else if (initial < min || initial > max) {
        const fault = { is: "initialVolume", item, initial: `${initial}`, min: `${min}`, max: `${max}` } as const;
        issues.push(error("range", `${where}.volume.initial`, fault));
      }
    }
  }
  if (!isHeld(inflow)) {
    issues.push(error("range", "nodes", { is: "inflowsBeyond", total: flow(inflow), most }));
  }
  for (const link of itemsOf(data, "links")) {
    const [target = 0, capacity = Infinity] = [link.figure("target"), link.figure("capacity")];
    const widest = Math.max(capacity, link.figure("reverseCapacity") ?? 0);
    if (target <= widest) continue;
    const fault = { is: "idleTarget", item: link.label, target: flow(target), capacity: flow(widest) } as const;
    issues.push(warning("idle-target", `${link.where}.target`, fault));
  }
  return issues;
}

/** The file's flow unit, if it is one. */
export function unitOf(data: unknown): FlowUnit | undefined {
  const unit = read(data, "units.flow");
  return FLOW_UNITS.find((known) => known === unit);
}

/** A text, or those of each language. */
function texts(value: unknown): string[] {
  const all = typeof value === "object" && value !== null ? (Object.values(value) as unknown[]) : [value];
  return all.filter((one) => typeof one === "string");
}

function itemsOf(data: unknown, part: "nodes" | "links"): Item[] {
  const list = read(data, part);
  return Array.isArray(list) ? Array.from(list, (item: unknown, i) => new Item(part, i, item)) : [];
}

/** What stands under a path of keys, where it is data at all. */
function read(data: unknown, path: string): unknown {
  let value = data;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
