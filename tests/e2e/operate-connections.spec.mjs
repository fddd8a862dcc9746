// Connections: those that come with a workspace file.
import { expect } from "@playwright/test";
import { activity, button, openFiles, screen, show, test } from "./operate-page.mjs";
import { open } from "./page.mjs";

const acme = {
  name: "Acme staging",
  baseUrl: "https://acme.example/api/v1/",
  tokenUrl: "https://acme.example/oauth/token",
  clientId: "flowdeck",
  areas: ["dialogs"],
};
const flow = {
  id: "small",
  name: "Small",
  version: "1.0.0",
  entryPoint: "s",
  nodes: [
    { id: "s", type: "start", label: "Start" },
    { id: "e", type: "end", label: "End" },
  ],
  edges: [{ id: "e1", source: "s", target: "e" }],
};
const workspace = (...connections) => ({
  flowdeck: 1,
  name: "Team",
  documents: [{ id: "1", kind: "dialog-flow", fileName: "small.json", text: JSON.stringify(flow) }],
  tests: [],
  links: [],
  connections,
});

const choice = (page) => page.getByRole("combobox", { name: "Connection", exact: true });
const messages = (page) => page.getByRole("region", { name: "Messages" });
const names = (page) => choice(page).getByRole("option").allTextContents();

test("connections of a workspace file are checked before they are taken", async ({ page }) => {
  await open(page);
  await openFiles(page, [
    "team.json",
    workspace(
      { ...acme, clientSecret: "canary-secret" },
      { ...acme, name: "Plain", baseUrl: "http://acme.example" },
      { ...acme, name: "Practice tenant" },
      { name: "Mine", baseUrl: "https://practice.invalid", tokenUrl: "https://practice.invalid/oauth/token" },
      { ...acme, name: "Hooked", webhooks: { crm: "http://localhost:1/hook" } },
    ),
  ]);
  const told = messages(page).getByRole("alert");
  await expect(told).toContainText("team.json brought 3 connections; 2 more could not be taken.");
  await expect(told).toContainText("A file holds no credentials");
  await expect(told).toContainText("Acme staging (https://acme.example) was added. Not taken of it: clientSecret.");
  await expect(told).toContainText("Plain was left out. baseUrl: What is sent there could be read on the way.");
  await expect(told).toContainText("Practice tenant (https://acme.example) was added as Practice tenant (2)");
  await expect(told).toContainText("Hooked was left out. webhooks.crm:");
  await expect(told).not.toContainText("canary-secret");

  await activity(page, "Operate").click();
  const all = ["Practice tenant", "Acme staging", "Practice tenant (2)", "New connection…"];
  expect(await names(page)).toEqual(all);
  await choice(page).selectOption("Acme staging");
  await screen(page, "Connection").click();
  await expect(page.getByRole("textbox", { name: "Base URL" })).toHaveValue("https://acme.example");
  await expect(page.getByRole("region", { name: "Credential" })).not.toContainText("In memory");

  // They are part of the workspace, and the secret is not.
  await expect(page.getByRole("status", { name: "Save state" })).toContainText("Saved");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-ready", "true");
  await activity(page, "Operate").click();
  expect(await names(page)).toEqual(all);
  const stored = await page.evaluate(async () => {
    const found = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise((resolve) => {
        indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result);
      });
      for (const store of database.objectStoreNames) {
        const all = database.transaction(store).objectStore(store).getAll();
        found.push(await new Promise((resolve) => (all.onsuccess = () => resolve(all.result))));
      }
      database.close();
    }
    return JSON.stringify(found, (_, value) =>
      ArrayBuffer.isView(value) ? new TextDecoder().decode(value) : value,
    );
  });
  expect(stored).toContain("acme.example");
  expect(stored).not.toContain("canary-secret");
});

test("the same file brings nothing twice, and another of the same name gets a new one", async ({ page }) => {
  await show(page, "./", "Deploy");
  await openFiles(page, ["team.json", workspace(acme)]);
  await expect(messages(page)).toContainText("team.json brought 1 connection.");
  await button(page, "Close message").click();
  await openFiles(page, ["team.json", workspace(acme)]);
  await openFiles(page, ["other.json", workspace({ ...acme, tokenUrl: "https://tokens.example/token" })]);
  await expect(messages(page)).toContainText("other.json brought 1 connection.");
  await expect(messages(page)).toContainText(
    "Acme staging (https://acme.example) was added as Acme staging (2), because another connection " +
      "is called Acme staging. It fetches tokens from tokens.example.",
  );
  await expect(messages(page)).not.toContainText("team.json");
  expect(await names(page)).toEqual([
    "Practice tenant",
    "Acme staging",
    "Acme staging (2)",
    "New connection…",
  ]);
});

test("the flows that are remembered of a bot can be edited", async ({ page }) => {
  await show(page, "./", "Connection");
  await page.getByText("Remembered ids", { exact: true }).click();
  const flows = page.getByRole("textbox", { name: "Flows of nordlicht-shop" });
  await expect(flows).toHaveValue("checkout, opening-hours");
  await page.getByRole("textbox", { name: "Bots" }).fill("nordlicht-shop, harbour");
  await page.getByRole("textbox", { name: "Flows of harbour" }).fill("ferries, , lighthouse,ferries");
  await flows.fill("opening-hours");
  await button(page, "Keep connection").click();
  await expect(page.getByText("Kept with the workspace.")).toBeVisible();
  await screen(page, "Transitions").click();
  const offered = (bot) =>
    expect(async () => {
      await page.getByRole("combobox", { name: "Bot id" }).fill(bot);
      const list = await page.getByRole("combobox", { name: "Flow id" }).getAttribute("list");
      return expect(
        await page.locator(`datalist#${list} option`).evaluateAll((all) => all.map((one) => one.value)),
      ).toEqual(bot === "harbour" ? ["ferries", "lighthouse"] : ["opening-hours"]);
    }).toPass();
  await offered("harbour");
  await offered("nordlicht-shop");
  // One that was loaded meanwhile is there too, and nothing that was typed is lost.
  await page.getByRole("combobox", { name: "Flow id" }).fill("checkout");
  await button(page, "Load states").click();
  await expect(page.getByRole("region", { name: "Since it was loaded" })).toContainText("Nothing differs");
  await screen(page, "Connection").click();
  await page.getByText("Remembered ids", { exact: true }).click();
  await expect(flows).toHaveValue("opening-hours, checkout");
});
