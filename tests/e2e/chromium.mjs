// The browser that tests and benchmarks drive: where it is, and the flags it is started with.
import { execFileSync } from "node:child_process";

/** The Chromium named in FLOWDECK_CHROMIUM, or the first on the search path. */
export function findChromium() {
  if (process.env.FLOWDECK_CHROMIUM) return process.env.FLOWDECK_CHROMIUM;
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    try {
      return execFileSync("which", [name], { encoding: "utf8" }).trim();
    } catch {
      // Not this one.
    }
  }
  throw new Error("No Chromium was found. Install one, or name it in FLOWDECK_CHROMIUM.");
}

/** No graphics card, nothing in the background. */
export const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-quic",
];
