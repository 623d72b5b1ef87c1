/** Reads SVG with an XML parser that knows nothing of it. */
import { SaxesParser } from "saxes";

export interface Tree {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Tree[];
  text: string;
}

/** @throws Error for what isn't well-formed XML 1.0 */
export function parse(xml: string): Tree {
  const root: Tree = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => {
    const tree: Tree = { name, attributes: { ...attributes }, children: [], text: "" };
    open.at(-1)!.children.push(tree);
    open.push(tree);
  });
  parser.on("closetag", () => open.pop());
  parser.on("text", (text) => (open.at(-1)!.text += text));
  parser.on("cdata", () => {
    throw new Error("there is no reason for CDATA");
  });
  parser.write(xml).close();
  return root.children[0]!;
}

export function all(tree: Tree): Tree[] {
  return [tree, ...tree.children.flatMap(all)];
}

/** The groups of links and nodes, as they stand. */
export function groups(tree: Tree): Tree[] {
  return all(tree).filter((one) => "data-id" in one.attributes);
}

export function groupOf(tree: Tree, id: string): Tree {
  const found = groups(tree).filter((one) => one.attributes["data-id"] === id);
  if (found.length !== 1) throw new Error(`${found.length} groups are of ${JSON.stringify(id)}`);
  return found[0]!;
}

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** About the widths of DejaVu Sans, the widest of the fonts that a map asks for. */
function emOf(c: string): number {
  if (/[\p{M}\u2066-\u2069]/u.test(c)) return 0;
  if (/[\u2e80-\uffef]/u.test(c)) return 1;
  if (/[ijl.,:;'|! ]/.test(c)) return 0.3;
  if (/[mwMW%]/.test(c)) return 0.93;
  return /[A-Z0-9]/.test(c) ? 0.66 : 0.58;
}

/** Where a text's letters are; undefined where it doesn't show. */
export function boxOf({ attributes, text }: Tree): Rectangle | undefined {
  if (text === "" || attributes.display === "none") return undefined;
  const size = Number(attributes["font-size"] ?? 11);
  const width = Array.from(text).reduce((sum, c) => sum + emOf(c), 0) * size;
  const [x, y] = [Number(attributes.x), Number(attributes.y)];
  const anchor = attributes["text-anchor"];
  const left = anchor === "end" ? x - width : anchor === "middle" ? x - width / 2 : x;
  return { left, right: left + width, top: y - 0.73 * size, bottom: y + 0.2 * size };
}

export function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
