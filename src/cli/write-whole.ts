/** Writes a file whole or not at all. */
import { constants } from "node:fs";
import { access, rename, rm, stat, realpath, writeFile } from "node:fs/promises";
import { printable } from "../text/printable.js";
import { FAULTS } from "./speech.js";
import { fileFault, UnusableFile } from "./faults.js";

/**
 * Writes beside what is there and takes its place, so that a full disk leaves it as it was. What is no file, such as a device, is written
 * to as it is.
 *
 * @throws UnusableFile
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  try {
    const before = await stat(path).catch((reason: unknown) => {
      if ((reason as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw reason;
    });
    if (before !== undefined && !before.isFile()) {
      await writeFile(path, text);
      return;
    }
    // A link goes on pointing to what it did, and a file that may not be written stays as it is.
    const target = before === undefined ? path : await realpath(path);
    if (before !== undefined) await access(target, constants.W_OK);
    const beside = `${target}.${process.pid}.part`;
    try {
      await writeFile(beside, text, { mode: before?.mode ?? 0o666, flag: "wx" });
      await rename(beside, target);
    } catch (reason) {
      if ((reason as NodeJS.ErrnoException).code !== "EEXIST") await rm(beside, { force: true });
      throw reason;
    }
  } catch (reason) {
    const isNowhere = (reason as NodeJS.ErrnoException).code === "ENOENT";
    const why = isNowhere ? FAULTS.coded(FAULTS.noFolder, "ENOENT") : fileFault(reason);
    throw new UnusableFile(FAULTS.unwritable(printable(path), why));
  }
}
