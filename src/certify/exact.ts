/**
 * Figures without rounding, for proofs: digits · 10^power. What engines compute in doubles is held against these, so that a checker
 * that is right doesn't have to be wrong the same way.
 */
export interface Decimal {
  readonly digits: bigint;
  readonly power: number;
}

/** A finite figure as it is written: the shortest decimal that names the double, 0.1 and not 0.1000000000000000055. */
export function written(value: number): Decimal {
  const [mantissa = "", exponent = "0"] = String(value).split("e");
  const [whole = "", part = ""] = mantissa.split(".");
  return { digits: BigInt(whole + part), power: Number(exponent) - part.length };
}

/** A finite double as what it is, to the last bit. */
export function valueOf(value: number): Decimal {
  let power = 0;
  for (; !Number.isInteger(value); power--) value *= 2;
  return { digits: BigInt(value) * 5n ** BigInt(-power), power };
}

export function times(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, power: a.power + b.power };
}

export function plus(a: Decimal, b: Decimal): Decimal {
  const power = Math.min(a.power, b.power);
  return { digits: digitsAt(a, power) + digitsAt(b, power), power };
}

/** The digits with a power that is no larger than the figure's own. */
export function digitsAt({ digits, power }: Decimal, lower: number): bigint {
  return power === lower ? digits : digits * 10n ** BigInt(power - lower);
}

/** The nearest double, or nearly so: for showing, not for deciding. */
export function toNumber({ digits, power }: Decimal): number {
  return Number(`${digits}e${power}`);
}
