// Injecting context: on the practice tenant in the tab, and over real HTTP against one on another
// port.
import { barriers, expect } from "./page.mjs";
import { button, connect, fault, network, outcome, panel, show, test } from "./operate-page.mjs";

const sample = "./?open=./samples/gold-customer-context.json";

async function inject(page) {
  await button(page, "Inject context").click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Inject these variables?");
  return dialog;
}

const confirm = (page) => button(page, "Inject on this tenant").click();

test("variables are injected beside what is there, and the template is previewed", async ({ page }) => {
  await show(page, sample, "Context");
  const form = panel(page, "What is injected");
  await expect(form).toContainText("conv_8a7b9c2d1e3f");
  await expect(form.getByRole("definition").nth(1)).toContainText("7");
  await expect(form.getByRole("meter", { name: "Size of the context set" })).toBeVisible();
  await page.getByRole("textbox", { name: "Template" }).fill("Hello {{firstName}}, {{nobody}}!");
  const preview = page.getByRole("status", { name: "Preview" });
  await expect(preview).toContainText("Zoë");
  await expect(preview).toContainText("user");
  await expect(preview).toContainText("{{nobody}}");
  const dialog = await inject(page);
  await expect(dialog).toContainText("Practice tenant (in this tab)");
  await confirm(page);
  await expect(outcome(page)).toContainText("Injected");
  await expect(outcome(page)).toContainText("The context is in version 8 now.");
  await expect(panel(page, "How injections went")).toContainText("100 % success rate");
  await expect(form.getByRole("row", { name: /tier.*same/ })).toBeVisible();
});

test("keys that somebody else changed meanwhile are shown before anything is overwritten", async ({ page }) => {
  await show(page, sample, "Context");
  await fault(page, "Somebody else saves just before", "patch-context", "Context");
  await expect(panel(page, "What is injected").getByRole("definition").nth(1)).toContainText("7");
  await inject(page);
  await confirm(page);
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Somebody else changed the context meanwhile");
  await expect(dialog).toContainText("Practice tenant (in this tab)");
  await expect(dialog).toContainText(/Changed meanwhilenote\s*You overwrite/);
  await button(page, "Inject over version 8").click();
  await expect(outcome(page)).toContainText("The context is in version 9 now.");
});

test("what is left as it is changes nothing", async ({ page }) => {
  await show(page, sample, "Context");
  await fault(page, "Somebody else saves just before", "patch-context", "Context");
  await inject(page);
  await confirm(page);
  await button(page, "Leave it as it is there").click();
  await expect(outcome(page)).toContainText("Not injected: the context was changed meanwhile");
  await expect(panel(page, "How injections went")).toContainText("0 % success rate");
});

test.describe("over real HTTP", () => {
  test.use({ expected: [network, { scope: "test" }] });

  test("variables arrive although an answer is lost", async ({ page, tenant }) => {
    await show(page, sample, "Context");
    await connect(page, tenant, "Context");
    await expect(panel(page, "What is injected").getByRole("definition").nth(1)).toContainText("7");
    await tenant.fault({ kind: "dropAfter", call: "patch-context" });
    const dialog = await inject(page);
    await expect(dialog).toContainText(tenant.url);
    await confirm(page);
    await expect(outcome(page)).toContainText("Injected", { timeout: 60_000 });
    const headers = { authorization: "Bearer practice-token" };
    const held = await fetch(`${tenant.url}/api/v1/context/conv_8a7b9c2d1e3f`, { headers });
    expect((await held.json()).context.tier).toEqual({ value: "gold", scope: "user" });
  });
});

for (const theme of ["light", "dark"]) {
  test(`nothing of Context keeps anybody out (${theme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await show(page, sample, "Context");
    await page.getByRole("textbox", { name: "Template" }).fill("Hello {{firstName}}, {{nobody}}!");
    expect(await barriers(page)).toEqual([]);
    await inject(page);
    expect(await barriers(page)).toEqual([]);
    await confirm(page);
    await expect(outcome(page)).toContainText("Injected");
    expect(await barriers(page)).toEqual([]);
  });
}
