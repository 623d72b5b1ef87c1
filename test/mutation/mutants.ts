/**
 * Small changes to a source, all built into it at once and switched on one at a time: an operator, a boundary, a condition, a number,
 * a fallback, a statement. Words are left as they are: what an error says is no answer.
 */
import ts from "typescript";

export interface Mutant {
  /** Place in the list of its run. */
  readonly id: number;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** The line that it begins on, and which of its like it is: so it is found again after lines were added above it. */
  readonly text: string;
  readonly nth: number;
  readonly was: string;
  readonly now: string;
}

/** What stands for an operator. */
const OPERATORS: ReadonlyMap<ts.SyntaxKind, readonly string[]> = new Map([
  [ts.SyntaxKind.LessThanToken, ["<="]],
  [ts.SyntaxKind.LessThanEqualsToken, ["<"]],
  [ts.SyntaxKind.GreaterThanToken, [">="]],
  [ts.SyntaxKind.GreaterThanEqualsToken, [">"]],
  [ts.SyntaxKind.AmpersandAmpersandToken, ["||"]],
  [ts.SyntaxKind.BarBarToken, ["&&"]],
  [ts.SyntaxKind.PlusToken, ["-"]],
  [ts.SyntaxKind.MinusToken, ["+"]],
  [ts.SyntaxKind.AsteriskToken, ["/"]],
  [ts.SyntaxKind.SlashToken, ["*"]],
  [ts.SyntaxKind.PercentToken, ["*"]],
  [ts.SyntaxKind.AsteriskAsteriskToken, ["*"]],
  [ts.SyntaxKind.AmpersandToken, ["|"]],
  [ts.SyntaxKind.BarToken, ["&"]],
  [ts.SyntaxKind.CaretToken, ["|"]],
  [ts.SyntaxKind.LessThanLessThanToken, [">>"]],
  [ts.SyntaxKind.GreaterThanGreaterThanToken, ["<<"]],
  [ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken, ["<<"]],
  [ts.SyntaxKind.PlusEqualsToken, ["-="]],
  [ts.SyntaxKind.MinusEqualsToken, ["+="]],
  [ts.SyntaxKind.AsteriskEqualsToken, ["/="]],
  [ts.SyntaxKind.SlashEqualsToken, ["*="]],
  [ts.SyntaxKind.BarEqualsToken, ["&="]],
  [ts.SyntaxKind.AmpersandEqualsToken, ["|="]],
]);

const COMPARISONS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

/** What stands for a method; nothing for one that is left out of its chain. */
const METHODS: ReadonlyMap<string, string | undefined> = new Map([
  ["some", "every"],
  ["every", "some"],
  ["filter", undefined],
  ["sort", undefined],
  ["toSorted", undefined],
  ["reverse", undefined],
  ["toReversed", undefined],
  ["slice", undefined],
]);

const MATH: ReadonlyMap<string, string | undefined> = new Map([
  ["min", "max"],
  ["max", "min"],
  ["floor", "ceil"],
  ["ceil", "floor"],
  ["round", "floor"],
  ["trunc", "ceil"],
  ["abs", undefined],
]);

/** Calls whose arguments are words. */
const TELLING = /^(?:fault|tell|show|refused|faults\.push|problems\.push|wanted\.fault|this\.fault|new \w*Error)$/;

/**
 * A source in which changes can be switched on, and the list of them. Loops count their rounds by `__tick`.
 *
 * @param on what is true in the source where a change is on; without it there are none
 * @param first the first change's id
 */
export function switched(
  file: string,
  text: string,
  on?: (id: number) => string,
  first = 0,
): { mutants: Mutant[]; code: string } {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const lines = text.split("\n");
  const mutants: Mutant[] = [];
  const add = (node: ts.Node, now: string, whether: (id: number) => string): string => {
    const { line, character } = source.getLineAndCharacterOfPosition(node.getStart());
    const id = first + mutants.length;
    const [whole, was] = [lines[line]?.trim() ?? "", node.getText()];
    const nth = mutants.filter((one) => one.text === whole && one.was === was && one.now === now).length;
    mutants.push({ id, file, line: line + 1, column: character + 1, text: whole, nth, was, now });
    return whether(id);
  };

  /** The text of a node with its children replaced. */
  const inner = (node: ts.Node): string => {
    let code = "";
    let from = node.getStart();
    const body = ts.isIterationStatement(node, false) ? node.statement : undefined;
    ts.forEachChild(node, (child) => {
      const now = emit(child);
      code += text.slice(from, child.getStart()) + (child === body ? `{__tick();${now}}` : now);
      from = child.end;
    });
    return code + text.slice(from, node.end);
  };

  const emit = (node: ts.Node): string => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return node.getText();
    if (isWords(node)) return node.getText();
    if (on === undefined) return inner(node);
    if (isDeletable(node)) return `{if(!${add(node, "", on)}){${inner(node)}}}`;
    let code = "";
    for (const now of new Set(alternatives(node))) code += `${add(node, now, on)}?(${now}):`;
    return code === "" ? inner(node) : `(${code}(${inner(node)}))`;
  };

  const code = source.statements.map((statement) => emit(statement)).join("\n");
  return { mutants, code };
}

function isWords(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isInterfaceDeclaration(node)) return true;
  if (ts.isTypeAliasDeclaration(node) || ts.isTemplateExpression(node) || ts.isStringLiteralLike(node)) return true;
  const { parent } = node;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
    const name = (ts.isNewExpression(parent) ? "new " : "") + parent.expression.getText();
    if (parent.expression !== node && TELLING.test(name)) return true;
  }
  // Names of properties, and what stands for a value that is always there.
  return ts.isBindingElement(parent) && parent.initializer === node && ts.isArrayBindingPattern(parent.parent)
    ? isPlain(node)
    : ts.isPropertyAssignment(parent) && parent.name === node;
}

function isDeletable(node: ts.Node): boolean {
  if (ts.isExpressionStatement(node)) return !node.getText().startsWith("super(");
  return ts.isThrowStatement(node) || ts.isContinueStatement(node) || ts.isBreakStatement(node);
}

/** Whether a value is one that can't be missing but for the types: a number, or none, in the place of an array's element. */
function isPlain(node: ts.Node): boolean {
  return ts.isNumericLiteral(node) || ts.isBigIntLiteral(node) || /^-?(?:NaN|Infinity)$/.test(node.getText());
}

function isFiller(node: ts.BinaryExpression): boolean {
  if (node.operatorToken.kind !== ts.SyntaxKind.QuestionQuestionToken) return false;
  return ts.isElementAccessExpression(node.left) && isPlain(node.right);
}

function alternatives(node: ts.Node): string[] {
  const { parent } = node;
  // Parentheses would end an optional chain too early.
  if ((node.flags & ts.NodeFlags.OptionalChain) !== 0 && isChained(node)) return [];
  const found: string[] = [];
  if (ts.isBinaryExpression(node) && !isFiller(node)) found.push(...ofBinary(node));
  if (ts.isPrefixUnaryExpression(node)) {
    const operand = node.operand.getText();
    if (node.operator === ts.SyntaxKind.ExclamationToken || node.operator === ts.SyntaxKind.MinusToken)
      found.push(operand);
    if (node.operator === ts.SyntaxKind.PlusPlusToken) found.push(`--${operand}`);
    if (node.operator === ts.SyntaxKind.MinusMinusToken) found.push(`++${operand}`);
  }
  if (ts.isPostfixUnaryExpression(node)) {
    const operand = node.operand.getText();
    found.push(`${operand}${node.operator === ts.SyntaxKind.PlusPlusToken ? "--" : "++"}`);
  }
  if (ts.isNumericLiteral(node) && !isFallback(node)) found.push(String(Number(node.text.replaceAll("_", "")) + 1));
  if (ts.isBigIntLiteral(node) && !isFallback(node)) found.push(`${BigInt(node.text.replace(/_|n$/g, "")) + 1n}n`);
  if (ts.isCallExpression(node)) found.push(...ofCall(node));
  if (ts.isArrayLiteralExpression(node) && node.elements.length > 0 && !isPattern(node)) found.push("[]");
  if (isTruth(node, parent)) {
    const operator = ts.isBinaryExpression(parent) ? parent.operatorToken.kind : undefined;
    const isTest = node.kind !== ts.SyntaxKind.TrueKeyword && node.kind !== ts.SyntaxKind.FalseKeyword;
    // A loop that never ends is no mutant worth its time; one operand's false makes all of a conjunction false.
    if (isTest && operator !== ts.SyntaxKind.BarBarToken && !isLoop(parent)) found.push("true");
    if (isTest && operator !== ts.SyntaxKind.AmpersandAmpersandToken) found.push("false");
  }
  return found.filter((now) => now !== node.getText());
}

function isChained(node: ts.Node): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent) || ts.isCallExpression(parent)) &&
    parent.expression === node
  );
}

function isFallback(node: ts.Node): boolean {
  return ts.isBinaryExpression(node.parent) && node.parent.right === node && isFiller(node.parent);
}

function isPattern(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    return parent.left === node;
  return ts.isForOfStatement(parent) && parent.initializer === node;
}

const isLoop = (node: ts.Node) => ts.isIterationStatement(node, false);

function isTruth(node: ts.Node, parent: ts.Node): boolean {
  if (ts.isBinaryExpression(node) && COMPARISONS.has(node.operatorToken.kind)) return true;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent))
    return parent.expression === node;
  if (ts.isForStatement(parent)) return parent.condition === node;
  if (ts.isConditionalExpression(parent)) return parent.condition === node;
  if (!ts.isBinaryExpression(parent) || node === parent.operatorToken) return false;
  const operator = parent.operatorToken.kind;
  return operator === ts.SyntaxKind.AmpersandAmpersandToken || operator === ts.SyntaxKind.BarBarToken;
}

function ofBinary({ left, right, operatorToken }: ts.BinaryExpression): string[] {
  const [one, other] = [left.getText(), right.getText()];
  if (operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) return [one, other];
  if (operatorToken.kind === ts.SyntaxKind.PlusToken && [left, right].some((side) => isText(side))) return [];
  return (OPERATORS.get(operatorToken.kind) ?? []).map((operator) => `${one} ${operator} ${other}`);
}

const isText = (node: ts.Node) => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);

function ofCall(node: ts.CallExpression): string[] {
  if (!ts.isPropertyAccessExpression(node.expression)) return [];
  const { expression, name } = node.expression;
  const [of, args] = [expression.getText(), node.arguments.map((arg) => arg.getText()).join(", ")];
  if (of === "Math") {
    if (!MATH.has(name.text)) return [];
    const other = MATH.get(name.text);
    return [other === undefined ? args : `Math.${other}(${args})`];
  }
  if (!METHODS.has(name.text)) return [];
  const other = METHODS.get(name.text);
  return [other === undefined ? of : `${of}.${other}(${args})`];
}
