/** Sentences that are made of data, the same data in every language. */

/** What one of some sentences is made of: which one it is, and what stands in it. */
export type Said<Words> = {
  [K in keyof Words]: { readonly is: K } & (Words[K] extends (of: infer Data) => string ? Data : unknown);
}[keyof Words];

/** The sentence: some are made of nothing, and are texts. */
export function say<Words>(words: Words, said: Said<Words>): string {
  const sentence: unknown = words[said.is];
  return typeof sentence === "function" ? (sentence as (of: Said<Words>) => string)(said) : String(sentence);
}
