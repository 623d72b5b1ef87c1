/** A real browser for tests, where the machine has one. */
import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const PLACES = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

export const BROWSER = PLACES.find((path) => path !== undefined && path !== "" && existsSync(path));

/** Why tests that need one are skipped, where they are. */
export const NO_BROWSER =
  BROWSER === undefined ? " (skipped: no Chromium here; install one, or name it in the variable CHROMIUM)" : "";

/** Started so that it asks nothing of any network by itself. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: BROWSER ?? "",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
