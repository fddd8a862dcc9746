// Saving a file where it was opened from. A file of the site's own stands in for one of the
// user's: both have the same handles, and no test can press the buttons of the file picker.
import { barriers, expect, open, test } from "./page.mjs";

const flow = (name) =>
  JSON.stringify(
    {
      id: "f", name, version: "1.0.0", entryPoint: "a",
      nodes: [{ id: "a", type: "start", label: "A" }, { id: "b", type: "end", label: "B" }],
      edges: [{ id: "e", source: "a", target: "b" }],
    },
    null,
    2,
  );

/** Opens a file that holds a flow of this name through the picker. */
async function openFromDisk(page, name) {
  await open(page);
  await writeDisk(page, flow(name));
  await page.evaluate(() => {
    globalThis.showOpenFilePicker = async () => {
      const root = await navigator.storage.getDirectory();
      return [await root.getFileHandle("flow.json")];
    };
  });
  await page.getByRole("button", { name: "Open files" }).last().click();
  await expect(label(page)).toHaveValue(name);
}

const writeDisk = (page, text) =>
  page.evaluate(async (text) => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle("flow.json", { create: true });
    const writable = await handle.createWritable();
    await writable.write(text);
    await writable.close();
  }, text);

const readDisk = (page) =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle("flow.json");
    return (await handle.getFile()).text();
  });

const label = (page) => page.getByRole("textbox", { name: "Name", exact: true });
const state = (page) => page.getByRole("status", { name: "Save state" });
const dialog = (page) => page.getByRole("dialog", { name: "The file changed on disk" });
const save = (page) => page.getByRole("button", { name: "Save", exact: true }).click();

async function rename(page, name) {
  await label(page).fill(name);
  await label(page).press("Enter");
}

test("a file is saved where it was opened, also after a reload", async ({ page }) => {
  await openFromDisk(page, "Opened");
  await rename(page, "Edited");
  await save(page);
  await expect(state(page)).toHaveText("Saved in this browser");
  expect(await readDisk(page)).toBe(flow("Edited"));
  await rename(page, "Edited again");
  await expect(state(page)).toHaveText("Saved in this browser · not in the file yet");
  await page.reload();
  await expect(label(page)).toHaveValue("Edited again");
  await save(page);
  await expect(state(page)).toHaveText("Saved in this browser");
  expect(await readDisk(page)).toBe(flow("Edited again"));
});

test("a file that changed on the disk is not written over unasked", async ({ page }) => {
  await openFromDisk(page, "Opened");
  await rename(page, "Mine");
  await writeDisk(page, flow("Theirs"));
  await save(page);
  await expect(dialog(page)).toBeVisible();
  await dialog(page).getByRole("button", { name: "Compare" }).click();
  const difference = dialog(page).getByRole("region", { name: "Difference" });
  await expect(difference.getByRole("listitem")).toHaveText([/"name": "Theirs"/, /"name": "Mine"/]);
  expect(await barriers(page)).toEqual([]);
  await dialog(page).getByRole("button", { name: "Cancel" }).click();
  await expect(dialog(page)).toBeHidden();
  expect(await readDisk(page)).toBe(flow("Theirs"));
  await expect(label(page)).toHaveValue("Mine");

  await save(page);
  await dialog(page).getByRole("button", { name: "Reload" }).click();
  await expect(label(page)).toHaveValue("Theirs");
  await expect(state(page)).toHaveText("Saved in this browser");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(label(page)).toHaveValue("Mine");

  await writeDisk(page, flow("Theirs again"));
  await save(page);
  await dialog(page).getByRole("button", { name: "Overwrite" }).click();
  await expect(state(page)).toHaveText("Saved in this browser");
  expect(await readDisk(page)).toBe(flow("Mine"));
});
