/** Words: each language has the same topics, in its own words. That both say the same things is what types see to. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const TEXT = join(import.meta.dirname, "../../src/text");
const topics = readdirSync(join(TEXT, "en"));
const HAN = /\p{Script=Han}/u;

/** All texts in a file, what stands between figures and names in one included; not keys and what is compared with, nor the names of other files. */
function textsIn(language: string, topic: string): string[] {
  const path = join(TEXT, language, topic);
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isImportDeclaration(node)) return;
    const isKey = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
    if (ts.isStringLiteralLike(node) && !isKey && !ts.isBinaryExpression(node.parent)) found.push(node.text);
    if (ts.isTemplateExpression(node))
      found.push([node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => text).join("…"));
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true), visit);
  return found;
}

test("each language has the same topics", () => {
  expect(topics.length).toBeGreaterThan(5);
  expect(readdirSync(join(TEXT, "zh"))).toEqual(topics);
});

describe.each(topics)("%s", (topic) => {
  test("has no Chinese in English", () => {
    const texts = textsIn("en", topic);
    expect(texts.length).toBeGreaterThan(5);
    expect(texts.filter((text) => HAN.test(text))).toEqual([]);
  });

  test("has no English in Chinese", () => {
    const texts = textsIn("zh", topic);
    expect(texts.length).toBeGreaterThan(5);
    expect(texts.filter((text) => /[a-z]{4,}/i.test(text) && !HAN.test(text))).toEqual([]);
    expect(texts.filter((text) => /[a-z]{2,} [a-z]{2,}/i.test(text))).toEqual([]);
  });
});
