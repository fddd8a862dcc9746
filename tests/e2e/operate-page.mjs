// What the tests of the screens of Operate share: getting there, faults, and a tenant on a port.
import { expect, open, test as base } from "./page.mjs";
import { startTenant } from "./tenant.mjs";

export { open };

export const test = base.extend({
  /** A practice tenant on a port of its own, without the headers a page may not read. */
  tenant: async ({}, use) => {
    const tenant = await startTenant("--hide-headers");
    await use(tenant);
    await tenant.stop();
  },
});

/** Requests that fail on purpose are in the console of any page. */
export const network = [/Failed to load resource/, /blocked by CORS policy/];

export const activity = (page, name) =>
  page.getByRole("navigation", { name: "Activities" }).getByRole("button", { name });
export const button = (page, name) => page.getByRole("button", { name, exact: true });
export const screen = (page, name) => page.getByRole("tab", { name, exact: true });
export const outcome = (page) => page.getByRole("region", { name: "How it ended" });
export const panel = (page, name) => page.getByRole("region", { name, exact: true });

/** Opens a document and shows a screen of Operate. */
export async function show(page, path, name) {
  await page.goto(path);
  await expect(page.locator("html")).toHaveAttribute("data-ready", "true");
  await activity(page, "Operate").click();
  await screen(page, name).click();
}

/** Hands files to the page. */
export async function openFiles(page, ...files) {
  const buffers = files.map(([name, content]) => ({
    name,
    mimeType: "application/json",
    buffer: Buffer.from(typeof content === "string" ? content : JSON.stringify(content)),
  }));
  await page.locator("input[type=file]").setInputFiles(buffers);
}

/** Switches a fault of the practice tenant in the tab on, and comes back to a screen. */
export async function fault(page, kind, call, back, often = "once") {
  await screen(page, "Connection").click();
  await page.getByRole("combobox", { name: "Fault" }).selectOption({ label: kind });
  await page.getByRole("combobox", { name: "On the call" }).selectOption(call);
  await page.getByRole("combobox", { name: "How often" }).selectOption({ label: often });
  await button(page, "Switch on").click();
  await expect(page.getByRole("list", { name: "Faults that are on" })).toContainText(kind);
  await screen(page, back).click();
}

/** Makes a connection to a tenant on this machine and enters its secret. */
export async function connect(page, tenant, back) {
  await page
    .getByRole("combobox", { name: "Connection", exact: true })
    .selectOption({ label: "New connection…" });
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("On a port");
  await page.getByRole("textbox", { name: "Base URL" }).fill(tenant.url);
  await page.getByRole("textbox", { name: "Client id" }).fill("practice-client");
  await button(page, "Keep connection").click();
  await page
    .getByLabel("Client secret", { exact: true })
    .and(page.locator("[type=password]"))
    .fill("practice-secret");
  await button(page, "Use it").click();
  await expect(page.getByRole("region", { name: "Credential" })).toContainText("In memory");
  await screen(page, back).click();
}
