/** Figures as they are written, where a double's last digit would matter. */

/** `mantissa · 10^-decimals`, exactly. */
export interface Decimal {
  readonly mantissa: bigint;
  readonly decimals: number;
}

/** The decimal that a double of 0 or more is written as: the shortest that reads back as the same double. */
export function decimalOf(value: number): Decimal {
  const [digits = "0", power = "0"] = String(value).split("e");
  const [whole = "0", fraction = ""] = digits.split(".");
  const decimals = fraction.length - Number(power);
  const mantissa = BigInt(whole + fraction);
  return decimals >= 0 ? { mantissa, decimals } : { mantissa: mantissa * 10n ** BigInt(-decimals), decimals: 0 };
}
