// Updating state variables: on the practice tenant in the tab, and over real HTTP against one on
// another port.
import { barriers, expect } from "./page.mjs";
import { activity, button, connect, fault, network, openFiles, outcome, panel, show, test } from "./operate-page.mjs";

const sample = "./?open=./samples/resume-checkout-variables.json";

async function update(page) {
  await button(page, "Update state").click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Update the state of this dialog?");
  return dialog;
}

const confirm = (page) => button(page, "Update on this tenant").click();

test("variables are sent beside what is there, and the version is a new one", async ({ page }) => {
  await show(page, sample, "State variables");
  const sent = panel(page, "What is sent");
  await expect(sent).toContainText("d-5f0c2a");
  await expect(sent.getByRole("meter", { name: "Size of the update" })).toBeVisible();
  await expect(sent.getByRole("row", { name: /itemCount/ })).toBeVisible();
  const versions = page.getByRole("list", { name: "Versions" }).getByRole("listitem");
  await expect(versions).toHaveCount(3);
  const dialog = await update(page);
  await expect(dialog).toContainText("Practice tenant (in this tab)");
  await expect(dialog).toContainText("payment");
  await confirm(page);
  await expect(outcome(page)).toContainText("Updated");
  await expect(outcome(page)).toContainText("CRM webhook");
  await expect(versions).toHaveCount(4);
  await expect(panel(page, "How updates went")).toContainText("100 % persistence rate");
  await expect(sent.getByRole("row", { name: /itemCount.*same/ })).toBeVisible();
});

test("what somebody else changed meanwhile is not overwritten", async ({ page }) => {
  await show(page, sample, "State variables");
  await expect(page.getByRole("list", { name: "Versions" }).getByRole("listitem")).toHaveCount(3);
  await fault(page, "Somebody else saves just before", "patch-runtime", "State variables");
  await expect(page.getByRole("list", { name: "Versions" }).getByRole("listitem")).toHaveCount(3);
  await update(page);
  await confirm(page);
  await expect(outcome(page)).toContainText("Somebody else changed the state meanwhile");
  await expect(outcome(page)).toContainText("Changed meanwhile");
  await expect(outcome(page)).toContainText(/\(session\)|\(user\)/);
  await expect(panel(page, "How updates went")).toContainText("0 % persistence rate");
  await button(page, "Send over the new version").click();
  await confirm(page);
  await expect(outcome(page)).toContainText("Updated");
  await expect(panel(page, "How updates went")).toContainText("50 % persistence rate");
});

test("problems stop it, and what is not confirmed is not sent", async ({ page }) => {
  await show(page, sample, "State variables");
  await update(page);
  await page.keyboard.press("Escape");
  await expect(page.getByText("Not confirmed. Nothing was sent.")).toBeVisible();
  await openFiles(page, ["bad.json", { dialogId: "d-5f0c2a", session: { ok: 1 }, transition: { nextStep: 7 } }]);
  await activity(page, "Operate").click();
  await expect(page.getByText("bad.json").first()).toBeVisible();
});

test.describe("over real HTTP", () => {
  test.use({ expected: [network, { scope: "test" }] });

  test("variables arrive although the token expires", async ({ page, tenant }) => {
    await show(page, sample, "State variables");
    await connect(page, tenant, "State variables");
    await expect(page.getByRole("list", { name: "Versions" }).getByRole("listitem")).toHaveCount(3);
    await tenant.fault({ kind: "expireToken", call: "patch-runtime" });
    const dialog = await update(page);
    await expect(dialog).toContainText(tenant.url);
    await confirm(page);
    await expect(outcome(page)).toContainText("Updated", { timeout: 60_000 });
    const headers = { authorization: "Bearer practice-token" };
    const held = await fetch(`${tenant.url}/runtime/v2/dialogs/d-5f0c2a/state`, { headers });
    expect((await held.json()).session.voucher).toBe("SPRING-10");
  });
});

for (const theme of ["light", "dark"]) {
  test(`nothing of State variables keeps anybody out (${theme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await show(page, sample, "State variables");
    await expect(page.getByRole("list", { name: "Versions" })).toBeVisible();
    expect(await barriers(page)).toEqual([]);
    await update(page);
    expect(await barriers(page)).toEqual([]);
    await confirm(page);
    await expect(outcome(page)).toContainText("Updated");
    expect(await barriers(page)).toEqual([]);
  });
}
