/** What the page's parts are made of. */
import type { ComponentChildren, RefObject, VNode } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import type { Words } from "../words.js";

/** A part with a title, a landmark for those who can't see it. */
export function Panel({ title, children, name }: { title: string; children: ComponentChildren; name?: string }) {
  const id = useId();
  return (
    <section class={`panel ${name ?? ""}`} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** A button that stays pressed while something is so. */
export function Toggle({
  isOn,
  label,
  text,
  onClick,
}: {
  isOn: boolean;
  label: string;
  text: string;
  onClick: () => void;
}) {
  return (
    <button type="button" aria-pressed={isOn} aria-label={label} onClick={onClick}>
      {text}
    </button>
  );
}

/** A head of a table's column. */
export interface Head {
  readonly content: ComponentChildren;
  /** Whether the column holds words instead of figures. */
  readonly isText: boolean;
  /** Whether it is left out where there is little room. */
  readonly isMinor?: boolean;
}

export const text = (content: ComponentChildren): Head => ({ content, isText: true });
export const figures = (content: ComponentChildren): Head => ({ content, isText: false });

export const minor = (head: Head): Head => ({ ...head, isMinor: true });

/** What a row is of. A name is cut after three lines. */
export function RowHead({ name }: { name: string }) {
  return (
    <th scope="row">
      <span class="name">{name}</span>
    </th>
  );
}

/** Rows shown at first, and more at a click: a page of thousands would take seconds. */
const FIRST = 50;
const MORE = 200;

/**
 * As many of `rows` as are shown, and the button for more where there are.
 *
 * @param region what holds them: the keyboard goes on from there when the button goes
 */
export function useRows<T>(
  rows: readonly T[],
  words: Words,
  region: RefObject<HTMLElement | null>,
): { shown: readonly T[]; more: VNode | null } {
  const [most, setMost] = useState(FIRST);
  const next = Math.min(MORE, rows.length - most);
  const more = (
    <button
      type="button"
      onClick={() => {
        setMost(most + MORE);
        region.current?.focus();
      }}
    >
      {words.more(next)}
    </button>
  );
  return { shown: rows.slice(0, most), more: next > 0 ? more : null };
}

/** Lines one below the other, the first of many. */
export function List({ lines, words, label }: { lines: readonly string[]; words: Words; label: string }) {
  const region = useRef<HTMLUListElement>(null);
  const { shown, more } = useRows(lines, words, region);
  return (
    <>
      <ul ref={region} tabIndex={-1} aria-label={label}>
        {shown.map((line, i) => (
          <li key={i}>{line}</li>
        ))}
      </ul>
      {more}
    </>
  );
}

interface TableProps<T> {
  /** A text is the head of a column of figures. */
  readonly head: readonly (Head | string)[];
  readonly rows: readonly T[];
  readonly row: (of: T) => VNode;
  readonly words: Words;
  /** Whether the rows are those of the scenario before, until there are new ones. */
  readonly isStale?: boolean;
}

/** A table that is moved sideways by itself where it is wider than the page, also by keyboard. */
export function Table<T>({ head, rows, row, words, isStale = false }: TableProps<T>) {
  const region = useRef<HTMLDivElement>(null);
  const { shown, more } = useRows(rows, words, region);
  return (
    <>
      <div ref={region} class={`scroll ${isStale ? "stale" : ""}`} aria-busy={isStale} tabIndex={0} role="group">
        <table>
          <thead>
            <tr>
              {head.map((one, i) => {
                const { content, isText, isMinor = false } = typeof one === "string" ? figures(one) : one;
                if (content === "") return <td key={i} class={isMinor ? "minor" : ""} />;
                return (
                  <th key={i} scope="col" class={`${isText ? "text" : ""} ${isMinor ? "minor" : ""}`}>
                    {content}
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>{shown.map(row)}</tbody>
        </table>
      </div>
      {more}
    </>
  );
}
