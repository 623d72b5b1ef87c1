/** What each schema rule by itself can't see: ids across the file, and figures that don't go together. */
import type { z } from "zod";
import { MOST_QUANTA, fromQuanta, toQuanta, unitLabel } from "../units/flow.js";
import { error, nearest, show, warning, type Issue } from "./issues.js";
import type { networkSchema } from "./schema.js";

/** Ids that occur twice and ends that dangle, as far as the data is sound enough to tell. */
export function checkIds(data: unknown): Issue[] {
  const issues: Issue[] = [];
  const { nodes, links } = (data ?? {}) as Record<"nodes" | "links", unknown>;
  const first = new Map<string, string>();
  const nodeKinds = new Map<string, unknown>();
  const each = (
    part: string,
    list: unknown,
    look: (item: Record<string, unknown>, label: string, where: string) => void,
  ) => {
    if (!Array.isArray(list)) return;
    list.forEach((item: unknown, index) => {
      if (typeof item !== "object" || item === null) return;
      const where = `${part}[${index}]`;
      const { id } = item as { id?: unknown };
      look(item as Record<string, unknown>, typeof id === "string" ? `${where} ${show(id)}` : where, where);
    });
  };
  const checkUnique = (item: Record<string, unknown>, label: string, where: string) => {
    if (typeof item.id !== "string") return;
    const other = first.get(item.id);
    if (other === undefined) first.set(item.id, where);
    else
      issues.push(
        error(
          "duplicate-id",
          `${where}.id`,
          `${label}: the id is taken by ${other}; an id occurs once among all nodes and links.`,
        ),
      );
  };
  each("nodes", nodes, (item, label, where) => {
    checkUnique(item, label, where);
    if (typeof item.id === "string") nodeKinds.set(item.id, item.kind);
  });
  const known = [...nodeKinds.keys()];
  each("links", links, (item, label, where) => {
    checkUnique(item, label, where);
    for (const end of ["from", "to"] as const) {
      const id = item[end];
      if (typeof id === "string" && !nodeKinds.has(id)) {
        issues.push(
          error(
            "unknown-id",
            `${where}.${end}`,
            `${label}: ${end} names node ${show(id)}, which is not defined.`,
            nearest(id, known),
          ),
        );
      }
    }
    if (typeof item.from === "string" && item.from === item.to) {
      issues.push(
        error(
          "self-loop",
          `${where}.to`,
          `${label}: it starts and ends at node ${show(item.from)}; a link joins two nodes.`,
        ),
      );
    } else if (typeof item.from === "string" && nodeKinds.get(item.from) === "outfall") {
      issues.push(
        error(
          "wrong-kind",
          `${where}.from`,
          `${label}: it starts at outfall ${show(item.from)}; water that left the network doesn't come back.`,
        ),
      );
    } else if (
      typeof item.to === "string" &&
      nodeKinds.get(item.to) === "outfall" &&
      typeof item.reverseCapacity === "number" &&
      item.reverseCapacity > 0
    ) {
      issues.push(
        error(
          "wrong-kind",
          `${where}.reverseCapacity`,
          `${label}: it runs backwards out of outfall ${show(item.to)}; water that left the network doesn't come back.`,
        ),
      );
    }
  });
  return issues;
}

/** Figures that are each well formed but don't go together, or that exact arithmetic can't hold. */
export function checkFigures(data: z.output<typeof networkSchema>): Issue[] {
  const issues: Issue[] = [];
  const unit = data.units.flow;
  const label = unitLabel(unit);
  const figure = (value: number) => `${value} ${label}`;
  const most = (value: number | undefined, where: string, name: string, key: string) => {
    if (value !== undefined && toQuanta(value, unit) > MOST_QUANTA) {
      issues.push(
        error(
          "range",
          `${where}.${key}`,
          `${name}: ${key} is ${figure(value)}; the most that is held exactly is ${figure(Math.floor(fromQuanta(MOST_QUANTA, unit)))}.`,
        ),
      );
    }
  };
  let inflow = 0;
  data.nodes.forEach((node, index) => {
    const where = `nodes[${index}]`;
    const name = `${where} ${show(node.id)}`;
    if (node.kind === "catchment") {
      most(node.inflow, where, name, "inflow");
      inflow += toQuanta(node.inflow, unit);
    } else if (node.kind === "plant") {
      most(node.capacity, where, name, "capacity");
      if (node.minFlow > node.capacity) {
        issues.push(
          error(
            "range",
            `${where}.minFlow`,
            `${name}: minFlow (${figure(node.minFlow)}) exceeds capacity (${figure(node.capacity)}).`,
          ),
        );
      }
    } else if (node.kind === "outfall") most(node.capacity, where, name, "capacity");
    else if (node.kind === "storage") {
      const { min, max, initial = min } = node.volume;
      if (min > max)
        issues.push(
          error("range", `${where}.volume`, `${name}: volume.min (${min} m³) exceeds volume.max (${max} m³).`),
        );
      else if (initial < min || initial > max) {
        issues.push(
          error(
            "range",
            `${where}.volume.initial`,
            `${name}: volume.initial is ${initial} m³; it lies between min (${min} m³) and max (${max} m³).`,
          ),
        );
      }
    }
  });
  if (inflow > MOST_QUANTA) {
    issues.push(
      error(
        "range",
        "nodes",
        `all inflows together are ${figure(fromQuanta(inflow, unit))}; the most that is held exactly is ${figure(Math.floor(fromQuanta(MOST_QUANTA, unit)))}.`,
      ),
    );
  }
  data.links.forEach((link, index) => {
    const where = `links[${index}]`;
    const name = `${where} ${show(link.id)}`;
    most(link.capacity, where, name, "capacity");
    const widest = link.kind === "gate" ? Math.max(link.capacity, link.reverseCapacity) : link.capacity;
    if (link.kind === "gate") most(link.reverseCapacity, where, name, "reverseCapacity");
    if (link.target !== undefined && link.target > widest) {
      issues.push(
        warning(
          "idle-target",
          `${where}.target`,
          `${name}: target (${figure(link.target)}) exceeds capacity (${figure(widest)}), so it never matters.`,
        ),
      );
    }
  });
  return issues;
}
