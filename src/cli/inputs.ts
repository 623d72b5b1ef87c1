/** What a command is given: files, ids and the language, checked, with words for what is wrong. */
import { readFile } from "node:fs/promises";
import { checkOutages, type Outage } from "../network/outage.js";
import { elementsOf } from "../network/checked.js";
import { issueText, NetworkError, type Issue } from "../network/issues.js";
import { show } from "../text/show.js";
import { loadNetwork } from "../network/load.js";
import type { Language } from "../text/language.js";
import { printable } from "../text/printable.js";
import type { Network, State } from "../network/types.js";
import { readInput } from "../network/reading/read.js";
import { checkState, loadState } from "../network/state.js";
import { fileFault, UnusableFile, WrongUsage } from "./faults.js";
import { idsIn, SHARE } from "./ids.js";
import { complain } from "./output.js";
import { FAULTS, LANGUAGE } from "./speech.js";

/** What all commands on a network take. */
export interface Flags {
  readonly language?: Language;
  readonly state?: string;
  readonly out?: string[];
}

export interface Situation {
  readonly network: Network;
  readonly state: State;
  readonly outages: readonly Outage[];
  readonly language: Language;
}

/** @throws UnusableFile for what is wrong with a file; WrongUsage */
export async function situationOf(file: string, flags: Flags): Promise<Situation> {
  const network = await load(file, loadNetwork);
  const state: State = flags.state === undefined ? {} : await stateIn(flags.state, network);
  const outages = outagesIn(network, "--out", flags.out);
  return { network, state, outages, language: flags.language ?? LANGUAGE };
}

/** A file's bytes: what they say is for the library to find out. */
export async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (reason) {
    throw new UnusableFile(FAULTS.unreadable(printable(path), fileFault(reason)));
  }
}

/** The state as it is given, so that plans tell what of it can't be; that is told here as well. */
async function stateIn(path: string, network: Network): Promise<State> {
  const { state, warnings } = await load(path, (bytes) => {
    loadState(network, bytes);
    const warnings = checkState(network, bytes);
    return { state: readInput(bytes, (data) => ({ made: data as State, issues: [] })).made, warnings };
  });
  if (warnings.length > 0) complain(told(path, warnings));
  return state ?? {};
}

/** Runs `parse` on a file's bytes; what is wrong with the file is told with its name. */
async function load<T>(path: string, parse: (bytes: Uint8Array) => T): Promise<T> {
  const bytes = await read(path);
  try {
    return parse(bytes);
  } catch (reason) {
    if (reason instanceof NetworkError) throw new UnusableFile(told(path, reason.issues));
    throw reason;
  }
}

/** A line for each finding, with the file's name and the place in it. */
export function told(path: string, issues: readonly Issue[]): string {
  return issues
    .map((issue) => {
      const { severity, line, column } = issue;
      const place = line === undefined ? "" : `:${line}:${column}`;
      return `${printable(path)}${place}: ${FAULTS.severity[severity]}${FAULTS.colon}${issueText(issue, LANGUAGE)}`;
    })
    .join("\n");
}

/** What is lost, from the lists on the command line: `ID`, or `ID=40%` or `ID=0.4` for what is left of it. */
export function outagesIn(network: Network, flag: string, lists?: readonly string[]): Outage[] {
  const elements = elementsOf(network);
  const isKnown = (id: string) => elements.has(id);
  const hasCommas = lists?.some((list) => list.includes(",")) === true;
  const mostCommas = hasCommas
    ? [...elements.keys()].reduce((most, id) => Math.max(most, id.split(",").length - 1), 0)
    : 0;
  const named = lists?.flatMap((list) => idsIn(list, isKnown, mostCommas));
  if (named?.length === 0) throw new WrongUsage(FAULTS.namesNothing(flag));
  const outages = (named ?? []).map(({ id, share }): Outage => {
    if (share === undefined) return id;
    const [, number = "", percent] = SHARE.exec(share) ?? [];
    const availability = Number(number) / (percent === "%" ? 100 : 1);
    if (number !== "" && availability <= 1) return { id, availability };
    throw new WrongUsage(FAULTS.badShare(flag, show(id), show(share)));
  });
  try {
    checkOutages(network, outages);
  } catch (reason) {
    if (reason instanceof NetworkError)
      throw new WrongUsage(reason.issues.map((issue) => flag + FAULTS.colon + issueText(issue, LANGUAGE)).join("\n"));
    throw reason;
  }
  return outages;
}
