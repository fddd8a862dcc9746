// How the end-to-end tests find the browser and the app. `cargo xtask test e2e` builds, serves and
// passes both in; started by hand, the tests start the app themselves.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";

function findChromium() {
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    try {
      return execFileSync("which", [name], { encoding: "utf8" }).trim();
    } catch {
      // Not this one.
    }
  }
  throw new Error("No Chromium was found. Install one, or name it in FLOWDECK_CHROMIUM.");
}

const root = fileURLToPath(new URL("../../", import.meta.url));
const port = 4199;
const given = process.env.FLOWDECK_URL;

export default defineConfig({
  testDir: ".",
  globalSetup: "./warm-up.mjs",
  // A shared machine can stall for seconds; a test that hangs is still found.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  testMatch: "**/*.spec.mjs",
  outputDir: `${root}/test-results`,
  forbidOnly: Boolean(given),
  fullyParallel: true,
  workers: 2,
  retries: 0,
  globalTimeout: 20 * 60 * 1000,
  reporter: given ? [["list"], ["json"]] : [["list"]],
  use: {
    baseURL: given ?? `http://127.0.0.1:${port}/`,
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.FLOWDECK_CHROMIUM ?? findChromium(),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--disable-quic",
      ],
    },
  },
  webServer: given
    ? undefined
    : {
        command: `cargo xtask start --no-open --also-at /a/b/ --port ${port}`,
        cwd: root,
        url: `http://127.0.0.1:${port}/`,
        timeout: 15 * 60 * 1000,
      },
});
