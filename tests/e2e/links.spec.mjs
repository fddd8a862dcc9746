// Addresses that open something: a flow in a link, the sample.
import { expect, open, test } from "./page.mjs";

const sample = (name) => new URL(`../../samples/${name}`, import.meta.url).pathname;
const outlined = (page, name) =>
  page.getByRole("listbox", { name: "Outline" }).getByRole("option", { name });

test("a shared link opens the flow at its problem", async ({ page, browser }) => {
  await open(page);
  await page.getByLabel("Open files").and(page.locator("input")).setInputFiles(sample("broken-flow.json"));
  await outlined(page, /Another start/).click();
  await page.getByRole("button", { name: "Share as link" }).click();
  const field = page.getByRole("textbox", { name: "Link" });
  await expect(field).toHaveValue(/#flow=[^&]+&problem=FD\d{3}%40/);
  const link = await field.inputValue();

  // Somebody else's browser, with nothing stored.
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await other.goto(link);
  const tabs = other.getByRole("list", { name: "Open documents" }).getByRole("listitem");
  await expect(tabs).toHaveCount(1);
  await expect(outlined(other, /Another start/)).toHaveAttribute("aria-selected", "true");
  await elsewhere.close();
});

test("a link that was cut short opens nothing and says so", async ({ page }) => {
  await open(page, "./#flow=H4sIAAAA");
  await expect(page.getByRole("alert")).toContainText("The link is damaged");
  await expect(page.getByRole("button", { name: "New dialog flow" })).toBeVisible();
});

test("the address of the sample opens it", async ({ page }) => {
  await open(page, "./#sample");
  await expect(page.getByRole("region", { name: "Flow canvas" })).toBeVisible();
  await expect(page.getByRole("list", { name: "Open documents" }).getByRole("listitem")).toHaveCount(1);
});
