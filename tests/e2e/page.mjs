// The page as every end-to-end test gets it: watched from its first byte, so that a test fails on
// any error in the console, uncaught exception or breach of the Content Security Policy that it
// did not announce.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test as base } from "@playwright/test";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export { expect };

export const test = base.extend({
  /** Complaints a test expects: patterns, each may match any number of times. */
  expected: [async ({}, use) => use([]), { scope: "test" }],

  page: async ({ page, expected }, use) => {
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(`console: ${message.text()}`);
    });
    await page.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        console.error(`policy breach: ${event.violatedDirective} by ${event.blockedURI}`);
      });
    });
    await use(page);
    const unexpected = complaints.filter((text) => !expected.some((pattern) => pattern.test(text)));
    expect(unexpected, "complaints of the page").toEqual([]);
  },
});

/** Opens the app and waits until it can be used. */
export async function open(page, path = "./") {
  await page.goto(path);
  await expect(page.locator("html")).toHaveAttribute("data-ready", "true");
}

/** What axe finds that keeps somebody out: findings it calls serious or critical. */
export async function barriers(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}
