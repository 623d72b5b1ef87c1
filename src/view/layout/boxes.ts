/** Boxes on the picture: how far apart they are, and which of many lie on a place. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function squareAbout(x: number, y: number, half: number): Box {
  return { left: x - half, right: x + half, top: y - half, bottom: y + half };
}

/** How far apart two boxes are, px; 0 where they touch. */
export function gapBetween(a: Box, b: Box): number {
  const across = Math.max(0, a.left - b.right, b.left - a.right);
  const down = Math.max(0, a.top - b.bottom, b.top - a.bottom);
  return Math.sqrt(across * across + down * down);
}

export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

export function grown({ left, right, top, bottom }: Box, by: number): Box {
  return { left: left - by, right: right + by, top: top - by, bottom: bottom + by };
}

/** Size of a cell of the grid, px: about that of a symbol, or the height of two lines of text. */
const CELL = 32;
/** More cells than a row of any picture has. Where two share a key all the same, both are looked through. */
const ROW = 2 ** 16;

function cellsOf({ left, right, top, bottom }: Box): number[] {
  const found: number[] = [];
  for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row++) {
    for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column++)
      found.push(row * ROW + column);
  }
  return found;
}

/** Boxes found by a grid: adding, removing and asking cost the cells that a box covers. */
export class BoxIndex {
  private readonly grid = new Map<number, Box[]>();

  add(box: Box): void {
    for (const key of cellsOf(box)) {
      const there = this.grid.get(key);
      if (there === undefined) this.grid.set(key, [box]);
      else there.push(box);
    }
  }

  remove(box: Box): void {
    for (const key of cellsOf(box)) {
      const there = this.grid.get(key) ?? [];
      this.grid.set(
        key,
        there.filter((other) => other !== box),
      );
    }
  }

  /** Those that a box lies on, each once. */
  under(box: Box): Box[] {
    const found = cellsOf(box).flatMap((key) => this.grid.get(key)?.filter((other) => overlap(box, other)) ?? []);
    return [...new Set(found)];
  }

  isFree(box: Box): boolean {
    return cellsOf(box).every((key) => this.grid.get(key)?.every((other) => !overlap(box, other)) ?? true);
  }
}
