/** What a command is given: files, ids and the language, checked, with words for what is wrong. */
import { readFile } from "node:fs/promises";
import { checkOutages, type Outage } from "../dispatch/outage.js";
import { elementsOf } from "../network/checked.js";
import { NetworkError, show, type Issue } from "../network/issues.js";
import { loadNetwork } from "../network/load.js";
import type { Language } from "../network/names.js";
import { printable } from "../network/printable.js";
import type { Network, State } from "../network/schema.js";
import { loadState } from "../network/state.js";
import { complain } from "./output.js";

/** A file that can't be read or written. */
export class UnusableFile extends Error {}

/** A command that was called with what there isn't. */
export class WrongUsage extends Error {}

/** What all commands on a network take. */
export interface Flags {
  readonly state?: string;
  readonly out?: string[];
  readonly language?: Language;
}

export interface Situation {
  readonly network: Network;
  readonly state: State;
  readonly outages: readonly Outage[];
  readonly language: Language;
}

/** @throws what is wrong with a file, which has been told by then; WrongUsage */
export async function situationOf(file: string, flags: Flags): Promise<Situation> {
  const network = await load(file, loadNetwork);
  const state: State = flags.state === undefined ? {} : await load(flags.state, (text) => loadState(network, text));
  const outages = outagesIn(network, "--out", flags.out);
  return { network, state, outages, language: flags.language ?? languageOf(process.env) };
}

export async function read(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (reason) {
    throw new UnusableFile(`${printable(path)} can't be read: ${printable((reason as Error).message)}`);
  }
}

/** Runs `load` on a file's text; what is wrong with the file is told with its name. */
async function load<T>(path: string, parse: (text: string) => T): Promise<T> {
  const text = await read(path);
  try {
    return parse(text);
  } catch (reason) {
    if (reason instanceof NetworkError) tell(path, reason.issues);
    throw reason;
  }
}

export function tell(path: string, issues: readonly Issue[]): void {
  for (const { severity, message } of issues) complain(`${printable(path)}: ${severity}: ${message}`);
}

/** What is lost, from the command line: `ID`, or `ID=40%` or `ID=0.4` for what is left of it. */
export function outagesIn(network: Network, flag: string, tokens?: readonly string[]): Outage[] {
  if (tokens?.length === 0) throw new WrongUsage(`${flag} names nothing; it lists ids, separated by commas.`);
  const isKnown = (id: string) => elementsOf(network).has(id);
  const outages = (tokens ?? []).map((token): Outage => {
    const [, id = "", share = ""] = /^(.*)=(.*)$/su.exec(token) ?? [];
    if (isKnown(token) || !(isKnown(id) || SHARE.test(share))) return token;
    const [, number = "", percent] = SHARE.exec(share) ?? [];
    const availability = Number(number) / (percent === "%" ? 100 : 1);
    if (number !== "" && availability <= 1) return { id, availability };
    throw new WrongUsage(
      `${flag}: what is left of ${show(id)} is ${show(share)}; it is from 0 to 1, or from 0% to 100%, such as 0.4 or 40%.`,
    );
  });
  try {
    checkOutages(network, outages);
  } catch (reason) {
    if (reason instanceof NetworkError)
      throw new WrongUsage(reason.issues.map((issue) => `${flag}: ${issue.message}`).join("\n"));
    throw reason;
  }
  return outages;
}

/** What is left of an element. */
const SHARE = /^(\d+\.?\d*|\.\d+)(%?)$/;

function languageOf(env: NodeJS.ProcessEnv): Language {
  return /^zh/i.test([env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value !== undefined && value !== "") ?? "")
    ? "zh"
    : "en";
}
