// Loads the page once before the tests: on a fresh machine the first start of a browser reads
// hundreds of megabytes from the disk, which no test should be blamed for.
import { chromium } from "@playwright/test";

export default async function warmUp(config) {
  const { baseURL, launchOptions } = config.projects[0].use;
  const browser = await chromium.launch({ ...launchOptions, timeout: 180_000 });
  const page = await browser.newPage();
  await page.goto(baseURL, { timeout: 180_000 });
  await page.waitForSelector("html[data-ready=true]", { timeout: 180_000 });
  await browser.close();
}
