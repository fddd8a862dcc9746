// How the end-to-end tests find the browser and the app. `cargo xtask test e2e` builds, serves and
// passes both in; started by hand, the tests start the app themselves.
import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";
import { findChromium, flags } from "./chromium.mjs";

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
    // Where a card stands is asked while it would still glide there.
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: findChromium(),
      args: flags,
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
