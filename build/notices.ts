/** The licences of what a bundle holds, as they ask to be handed on with it. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Metafile } from "esbuild";

const ROOT = resolve(import.meta.dirname, "..");
const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
const COPYRIGHT = /^\s*copyright\b.*$/gim;
const TITLE = /^[\s#]*(the )?mit( licen[cs]e( \(mit\))?)?\s*$/im;

/** The folders of the packages, ours included, of which something is in a bundle. */
export function packagesIn({ outputs }: Metafile): string[] {
  const used = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  return [...new Set(used.map((file) => resolve(PACKAGE.exec(file)?.[0] ?? ROOT)))];
}

/** Licences that say the same stand there once, after all who grant them. */
export function noticesOf(packages: Iterable<string>): string {
  const granted = new Map<string, { terms: string; by: string[] }>();
  const named = [...new Set(packages)].map((folder) => ({ folder, ...manifestOf(folder) }));
  for (const { folder, name, license } of named.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const text = licenceIn(folder);
    if (/--!?>|\*\//.test(text)) throw new Error(`${folder}: its licence would end the comment that it stands in`);
    const terms = text.replace(COPYRIGHT, "").replace(TITLE, "").trim();
    const key = terms.replace(/\s+/g, " ");
    const group = granted.get(key) ?? { terms, by: [] };
    granted.set(key, group);
    const owners = (text.match(COPYRIGHT) ?? []).map((line) => line.trim());
    group.by.push(`${name} (${license}): ${owners.join("; ")}`);
  }
  return [...granted.values()].map(({ terms, by }) => `${by.join("\n")}\n\n${terms}\n`).join("\n\n");
}

function manifestOf(folder: string): { name: string; license: string } {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name: string; license: string };
}

function licenceIn(folder: string): string {
  const name = readdirSync(folder).find((file) => /^licen[cs]e(\.\w+)?$/i.test(file));
  if (name === undefined) throw new Error(`${folder} has no licence to hand on`);
  return readFileSync(join(folder, name), "utf8");
}
