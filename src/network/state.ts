/** The state file: what changes from minute to minute, checked against the network it is of. */
import { MOST_QUANTA, toQuanta } from "../units/flow.js";
import { elementsOf } from "./checked.js";
import { error, fromZod, nearest, NetworkError, pathText, show, type Issue } from "./issues.js";
import { readJson } from "./load.js";
import { checkPlainData } from "./plain-data.js";
import { stateSchema, type FullState, type LinkKind, type Network, type NodeKind } from "./schema.js";

/**
 * A state from a file's text, parsed data, or an object written in code; parts that aren't given are filled in empty.
 *
 * @throws NetworkError with every error: ids that aren't in the network, figures out of range, …
 * @example
 * loadState(city, { out: ["east"] }).inflows; // {}
 */
export function loadState(network: Network, input: unknown): FullState {
  const read = readJson(input);
  if (read.issue !== undefined) throw new NetworkError([read.issue]);
  const trap = checkPlainData(read.data);
  if (trap.length > 0) throw new NetworkError(trap);
  const parsed = stateSchema.safeParse(read.data);
  if (!parsed.success) throw new NetworkError(fromZod(parsed.error, stateSchema, read.data, network.units.flow));
  const { inflows, availability, out, volumes, setPoints } = parsed.data;
  const state = { inflows, availability, out, volumes, setPoints };
  const issues = checkState(network, state);
  if (issues.length > 0) throw new NetworkError(issues);
  return state;
}

function checkState(network: Network, state: FullState): Issue[] {
  const issues: Issue[] = [];
  const elements = elementsOf(network);
  const unit = network.units.flow;

  const find = (id: string, path: string, part: string, kinds?: readonly (NodeKind | LinkKind)[]) => {
    const element = elements.get(id);
    if (element === undefined) {
      issues.push(
        error(
          "unknown-id",
          path,
          `${part} names ${show(id)}, which the network doesn't have.`,
          nearest(id, [...elements.keys()]),
        ),
      );
    } else if (kinds !== undefined && !kinds.includes(element.kind)) {
      issues.push(
        error(
          "wrong-kind",
          path,
          `${part} names ${show(id)}, which is a ${element.kind}; ${part} are of a ${kinds.join(" or ")}.`,
        ),
      );
    } else return element;
    return undefined;
  };
  const each = (part: "inflows" | "availability" | "volumes" | "setPoints", kinds?: readonly (NodeKind | LinkKind)[]) =>
    Object.entries(state[part]).map(([id, value]) => {
      const path = pathText([part, id]);
      return { path, value, element: find(id, path, part, kinds) };
    });

  let inflow = 0;
  for (const { path, value } of each("inflows", ["catchment"])) {
    inflow += toQuanta(value, unit);
    if (inflow > MOST_QUANTA)
      issues.push(error("range", path, `${path}: the inflows are more than can be held exactly.`));
  }
  each("availability");
  for (const { path, value, element } of each("volumes", ["storage"])) {
    if (element?.kind === "storage" && (value < element.volume.min || value > element.volume.max)) {
      const { min, max } = element.volume;
      issues.push(
        error(
          "range",
          path,
          `${path} is ${show(value)} m³; ${show(element.id)} holds ${show(min)} to ${show(max)} m³.`,
        ),
      );
    }
  }
  for (const { path, value } of each("setPoints", ["pump", "gate"])) {
    if (Math.abs(toQuanta(value, unit)) > MOST_QUANTA)
      issues.push(error("range", path, `${path}: the flow is more than can be held exactly.`));
  }
  const seen = new Set<string>();
  state.out.forEach((id, i) => {
    const path = `out[${i}]`;
    find(id, path, "out");
    if (seen.has(id)) issues.push(error("duplicate-id", path, `out names ${show(id)} twice.`));
    seen.add(id);
  });
  return issues;
}
