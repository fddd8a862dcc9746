// Loads the page once before the tests: on a fresh machine the first start of a browser reads
// hundreds of megabytes from the disk, which no test should be blamed for.
import { chromium } from "@playwright/test";

export default async function warmUp(config) {
  const { baseURL, launchOptions } = config.projects[0].use;
  const browser = await chromium.launch({ ...launchOptions, timeout: 180_000 });
  const page = await browser.newPage();
  await page.goto(baseURL, { timeout: 180_000 });
  const started = await page.waitForSelector("html[data-ready=true], html[data-crashed=true]", {
    timeout: 180_000,
  });
  if (await started.getAttribute("data-crashed")) {
    throw new Error(`The page does not start:\n${await page.locator("body").innerText()}`);
  }
  await browser.close();
}
