/** What is wrong with a file: one issue a fault, all of them at once, as data and in words that say what would be right. */
import { TrunkflowError } from "../errors.js";
import { HINTS, ISSUES, type HintsWords, type IssuesWords } from "../text/en/issues.js";
import type { OdditiesWords } from "../text/en/oddities.js";
import { checkLanguage, type Language } from "../text/language.js";
import { say, type Said } from "../text/sentence.js";
import { show } from "../text/show.js";
import { issueSentence } from "../text/words.js";

export type IssueCode =
  | "encoding"
  | "json"
  | "duplicate-key"
  | "garbled"
  | "cyclic"
  | "reserved-key"
  | "too-deep"
  | "missing"
  | "value"
  | "unknown-key"
  | "duplicate-id"
  | "unknown-id"
  | "wrong-kind"
  | "range"
  | "self-loop"
  | "unreachable"
  | "parallel"
  | "isolated"
  | "free-cycle"
  | "idle-target"
  | "passive-split"
  | "set-point-clipped";

/** What a sentence about a file is made of, and its hint. */
export type IssueData = (Fault | Oddity) & { readonly hint?: IssueHint };
export type Fault = Said<IssuesWords>;
export type Oddity = Said<OdditiesWords>;
export type IssueHint = Said<HintsWords>;

export interface Issue {
  readonly code: IssueCode;
  /** An error keeps the file from being used; a warning doesn't. */
  readonly severity: "error" | "warning";
  /** Where in the input, e.g. `links[3].capacity`; empty for the input as a whole. */
  readonly path: string;
  /** What is wrong, where, and what would be right, in English; `issueText` says it in other languages. */
  readonly message: string;
  /** What the message is made of: which sentence, and the names, places and figures in it. */
  readonly data: IssueData;
  /** The nearest thing that would have been right, where there is one. */
  readonly hint?: string;
  /** Where in the file's text, from 1, if text or bytes were given. */
  readonly line?: number;
  readonly column?: number;
}

/** How many issues a `NetworkError` spells out in its message; `issues` has them all. */
const SPELT_OUT = 20;

/**
 * A network or state that can't be used. `issues` holds every error found.
 *
 * @example
 * loadNetwork({ units: { flow: "m3/s" }, nodes: [], links: [] }); // throws NetworkError: nodes is an empty list; …
 */
export class NetworkError extends TrunkflowError {
  readonly code = "network";
  override readonly name = "NetworkError";
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    const rest = issues.length - SPELT_OUT;
    const lines = issues.slice(0, SPELT_OUT).map(withLine);
    if (rest > 0) lines.push(`… and ${rest} more`);
    super(lines.join("\n"));
    this.issues = issues;
  }
}

/** The message, after the line that it is about where it doesn't say so itself. */
function withLine({ message, line, column }: Issue): string {
  const place = `line ${line}, column ${column}`;
  return line === undefined || message.includes(place) ? message : `${place}: ${message}`;
}

/** An error, or a warning, told by one of the sentences on files. */
export const error = (code: IssueCode, path: string, fault: Fault, hint?: IssueHint): Issue =>
  issue("error", code, path, ISSUES, fault, hint);
export const warning = (code: IssueCode, path: string, fault: Fault, hint?: IssueHint): Issue =>
  issue("warning", code, path, ISSUES, fault, hint);

/** Some sentences are carried only by what tells them. */
export function issue<Words extends IssuesWords | OdditiesWords>(
  severity: Issue["severity"],
  code: IssueCode,
  path: string,
  words: Words,
  said: Said<Words> & (Fault | Oddity),
  hint?: IssueHint,
): Issue {
  const message = say(words, said);
  if (hint === undefined) return { code, severity, path, message, data: said };
  const text = say(HINTS, hint);
  return { code, severity, path, message: `${message} ${text}`, hint: text, data: { ...said, hint } };
}

/** The hint at a name that is near, where there is one. */
export const meant = (name: string | undefined): IssueHint | undefined =>
  name === undefined ? undefined : { is: "nearest", name: show(name) };

/**
 * What an issue says, in a language.
 *
 * @example
 * issueText(checkNetwork({ units: { flow: "m3/s" }, nodes: [], links: [] })[0], "zh"); // "nodes 为空列表；管网至少应有一个节点。"
 */
export function issueText({ message, data }: Pick<Issue, "message" | "data">, language: Language): string {
  checkLanguage(language);
  return language === "en" ? message : issueSentence(data);
}
