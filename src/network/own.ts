/** `record[key]` for a key that comes from a file: what the record inherits is never an answer. */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
