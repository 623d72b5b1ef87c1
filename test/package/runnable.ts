/**
 * Code in documents, run as it stands.
 *
 * The rule, for README.md:
 *
 * - A block fenced as ` ```ts runnable ` is run, as a module of its own, from the root of the repository. A block fenced as
 *   ` ```ts runnable continues ` is appended to the one before it and shares its names.
 * - A block fenced as ` ```ts norun REASON ` is not run, and the reason is the name of a skipped test. Any other block in
 *   TypeScript or JavaScript (ts, typescript, js, javascript, mts, cts, mjs, cjs, tsx, jsx) is an error: nothing is passed
 *   over in silence.
 * - `import … from "trunkflow"`, or from a subpath of it, gets the built package; any other import is resolved from the root.
 * - An expression statement with a comment behind it on its last line, `expression; // value`, or else with comment lines
 *   directly below it, is checked: the comment holds the expression's value. A value may go on over the comment lines that
 *   follow directly. `console.log(expression); // value` is checked the same way, and prints nothing. Comments behind
 *   anything else (`const plan = …; // dry weather`), and behind a blank line, are prose.
 * - A value is JSON with keys and strings quoted as one likes, `undefined`, `NaN`, `Infinity` and commas before a bracket.
 *   `…` leaves out: alone any value; in a list any number of items; in an object any other keys; in a string any text; at
 *   the end of a number (`0.2011…`) further digits. All else must be equal: an object has no keys but those named, a number
 *   is exactly that number.
 * - `// throws NetworkError` or `// throws NetworkError: text of the message` (with `…`) says that it throws.
 */
import ts from "typescript";

export interface Block {
  /** Line of the fence, from 1. */
  readonly line: number;
  readonly code: string;
}

export interface Blocks {
  readonly runnable: readonly Block[];
  readonly norun: readonly { readonly line: number; readonly reason: string }[];
}

const CODE = /^(ts|typescript|js|javascript|mts|cts|mjs|cjs|tsx|jsx)$/i;

/** The code blocks of a Markdown text. A continued block comes with what it continues, at its lines. */
export function blocksOf(markdown: string): Blocks {
  const runnable: Block[] = [];
  const norun: { line: number; reason: string }[] = [];
  const lines = markdown.split(/\r?\n/);
  for (let i = 0; i < lines.length; i++) {
    const fence = /^\s*(`{3,}|~{3,})\s*([^`]*)$/.exec(lines[i]!);
    if (fence === null) continue;
    const [, ticks = "", info = ""] = fence;
    const start = i;
    const isEnd = (line: string) => line.trim().startsWith(ticks) && /^[`~]+$/.test(line.trim());
    for (i++; i < lines.length && !isEnd(lines[i]!); i++);
    if (i === lines.length) throw new Error(`line ${start + 1}: the block never ends`);
    const [language = "", mark = "", ...rest] = info.trim().split(/\s+/);
    if (!CODE.test(language)) continue;
    const code = lines.slice(start + 1, i).join("\n");
    const line = start + 1;
    if (language === "ts" && mark === "runnable" && rest.length === 0) runnable.push({ line, code });
    else if (language === "ts" && mark === "runnable" && rest.join(" ") === "continues") {
      const before = runnable.pop();
      if (before === undefined) throw new Error(`line ${line}: there is no block to continue`);
      const gap = line - before.line - before.code.split("\n").length;
      runnable.push({ line: before.line, code: `${before.code}${"\n".repeat(gap)}\n${code}` });
    } else if (language === "ts" && mark === "norun" && rest.length > 0) norun.push({ line, reason: rest.join(" ") });
    else
      throw new Error(
        `line ${line}: \`${info.trim()}\` is neither "ts runnable", "ts runnable continues" nor "ts norun REASON"`,
      );
  }
  return { runnable, norun };
}

export interface Program {
  /** JavaScript: an ES module that calls `__check(line, comment, () => value)` at each checked statement. */
  readonly code: string;
  readonly checks: number;
}

/** The block as a module; `prelude` goes before it. */
export function programOf({ line, code }: Block, prelude = ""): Program {
  const file = ts.createSourceFile("block.ts", code, ts.ScriptTarget.Latest, true);
  let checks = 0;
  let text = code;
  const statements = [...file.statements].reverse();
  for (const statement of statements) {
    if (!ts.isExpressionStatement(statement)) continue;
    const comment = commentAfter(code, statement.getEnd());
    if (comment === undefined) continue;
    checks += 1;
    const at = line + 1 + file.getLineAndCharacterOfPosition(statement.getStart()).line;
    const checked = argumentOfLog(statement.expression) ?? statement.expression;
    const call = `__check(${at}, ${JSON.stringify(comment)}, async () => (${checked.getText()}\n));`;
    text = `${text.slice(0, statement.getStart())}await ${call}${text.slice(statement.getEnd())}`;
  }
  const { outputText } = ts.transpileModule(`${prelude}\n${text}`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  return { code: outputText, checks };
}

function argumentOfLog(expression: ts.Expression): ts.Expression | undefined {
  const isLog = ts.isCallExpression(expression) && expression.expression.getText() === "console.log";
  return isLog && expression.arguments.length === 1 ? expression.arguments[0] : undefined;
}

/** The comment behind a statement and the comment lines directly below it; either may be all there is. */
function commentAfter(code: string, end: number): string | undefined {
  const [behind = "", ...below] = code.slice(end).split("\n");
  const isComment = /^\s*\/\/(.*)$/;
  if (behind.trim() !== "" && !isComment.test(behind)) return undefined;
  const lines = behind.trim() === "" ? [] : [behind];
  for (const line of below) {
    if (!isComment.test(line)) break;
    lines.push(line);
  }
  return lines.length === 0
    ? undefined
    : lines
        .map((line) => isComment.exec(line)![1]!)
        .join("\n")
        .trim();
}

/** What a comment calls for. */
export type Pattern =
  | { readonly kind: "any" }
  | { readonly kind: "text"; readonly matches: RegExp }
  | { readonly kind: "digits"; readonly start: string }
  | { readonly kind: "exactly"; readonly value: unknown }
  | { readonly kind: "list"; readonly items: readonly Pattern[] }
  | { readonly kind: "object"; readonly keys: ReadonlyMap<string, Pattern>; readonly isOpen: boolean };

const ANY: Pattern = { kind: "any" };
const NAMES = new Map<string, unknown>([
  ["true", true],
  ["false", false],
  ["null", null],
  ["undefined", undefined],
  ["NaN", NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
]);

/** @throws Error where the comment holds no value */
export function patternOf(comment: string): Pattern {
  let at = 0;
  const skip = () => {
    at += /^\s*/.exec(comment.slice(at))![0].length;
  };
  const take = (token: RegExp): string | undefined => {
    skip();
    const found = new RegExp(`^(?:${token.source})`, token.flags).exec(comment.slice(at));
    if (found === null) return undefined;
    at += found[0].length;
    return found[0];
  };
  const fail = (): never => {
    throw new Error(`"${comment}" holds no value, at "${comment.slice(at, at + 20)}"`);
  };
  const string = (token: string) => {
    const inner = token.slice(1, -1);
    return token.startsWith("'") ? inner.replace(/\\'/g, "'") : (JSON.parse(`"${inner}"`) as string);
  };
  const STRING = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/;
  const value = (): Pattern => {
    const number = take(/-?\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?…?/i);
    if (number !== undefined) {
      const digits = number.replace(/_/g, "");
      return digits.endsWith("…")
        ? { kind: "digits", start: digits.slice(0, -1) }
        : { kind: "exactly", value: Number(digits) };
    }
    if (take(/…/) !== undefined) return ANY;
    const text = take(STRING);
    if (text !== undefined) return { kind: "text", matches: elided(string(text)) };
    const name = take(/-?[A-Za-z]+/);
    if (name !== undefined) return NAMES.has(name) ? { kind: "exactly", value: NAMES.get(name) } : fail();
    if (take(/\[/) !== undefined) {
      const items: Pattern[] = [];
      while (take(/\]/) === undefined) {
        items.push(value());
        if (take(/,/) === undefined) return take(/\]/) === undefined ? fail() : { kind: "list", items };
      }
      return { kind: "list", items };
    }
    if (take(/\{/) !== undefined) {
      const keys = new Map<string, Pattern>();
      let isOpen = false;
      while (take(/\}/) === undefined) {
        if (take(/…/) !== undefined) isOpen = true;
        else {
          const quoted = take(STRING);
          const key = quoted === undefined ? (take(/[A-Za-z_$][\w$]*/) ?? fail()) : string(quoted);
          if (take(/:/) === undefined) fail();
          keys.set(key, value());
        }
        if (take(/,/) === undefined) return take(/\}/) === undefined ? fail() : { kind: "object", keys, isOpen };
      }
      return { kind: "object", keys, isOpen };
    }
    return fail();
  };
  const pattern = value();
  skip();
  return at === comment.length ? pattern : fail();
}

function elided(text: string): RegExp {
  const parts = text.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^]*")}$`, "u");
}

export function matches(pattern: Pattern, value: unknown): boolean {
  switch (pattern.kind) {
    case "any":
      return true;
    case "text":
      return typeof value === "string" && pattern.matches.test(value);
    case "digits":
      return typeof value === "number" && String(value).startsWith(pattern.start);
    case "exactly":
      return Object.is(pattern.value, value) || (pattern.value === 0 && value === 0);
    case "list":
      return isList(value) && matchesList(pattern.items, value);
    case "object": {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
      const entries = Object.entries(value);
      const own = new Map<string, unknown>(entries);
      return (
        [...pattern.keys].every(([key, wanted]) => own.has(key) && matches(wanted, own.get(key))) &&
        (pattern.isOpen || entries.length === pattern.keys.size)
      );
    }
  }
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function matchesList(items: readonly Pattern[], value: ArrayLike<unknown>): boolean {
  const from = (i: number, k: number): boolean => {
    const item = items[i];
    if (item === undefined) return k === value.length;
    if (item.kind === "any") return from(i + 1, k) || (k < value.length && from(i, k + 1));
    return k < value.length && matches(item, value[k]) && from(i + 1, k + 1);
  };
  return from(0, 0);
}

/** What is wrong with a checked statement; undefined where the comment is right. */
export async function faultOf(comment: string, evaluate: () => unknown): Promise<string | undefined> {
  const throws = /^throws (\w+)(?:: ([^]*))?$/.exec(comment);
  let value: unknown;
  try {
    value = await evaluate();
  } catch (reason) {
    if (throws === null) throw reason;
    const { name, message } = reason as Error;
    const isRight = name === throws[1] && (throws[2] === undefined || elided(throws[2]).test(message));
    return isRight ? undefined : `it throws ${name}: ${message}, not ${throws[1]}: ${throws[2] ?? "…"}`;
  }
  if (throws !== null) return `it gives ${JSON.stringify(value)} and doesn't throw`;
  return matches(patternOf(comment), value) ? undefined : `it is ${JSON.stringify(value)}, not ${comment}`;
}
