// Pictures of a flow: files that hold what is seen, and nothing that runs.
import { readFile } from "node:fs/promises";
import { barriers, expect, open, test } from "./page.mjs";

const HOSTILE = "</text><script>document.title='x'</script><img src=x onerror=alert(1)>";
const flow = {
  id: "f",
  name: "Pictures",
  version: "1.0.0",
  entryPoint: "start",
  nodes: [
    { id: "start", type: "start", label: "Start" },
    { id: "check", type: "condition", label: HOSTILE },
    { id: "bye", type: "end", label: "Bye" },
    { id: "end", type: "end", label: "The end" },
  ],
  edges: [
    { id: "e1", source: "start", target: "check" },
    { id: "e2", source: "check", target: "bye", condition: 'input.text == "<b>&"' },
    { id: "e3", source: "check", target: "end" },
  ],
};

const canvas = (page) => page.getByRole("region", { name: "Flow canvas" });
const menu = (page) => page.getByRole("group", { name: "Export picture" });

async function openFlow(page) {
  await open(page);
  const file = { name: "pictures.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(flow)) };
  await page.getByLabel("Open files").and(page.locator("input")).setInputFiles([file]);
  await expect(canvas(page)).toBeVisible();
}

/** What pressing a line of the menu downloads. */
async function exported(page, name) {
  await page.getByRole("button", { name: "Export picture" }).click();
  const download = page.waitForEvent("download");
  await menu(page).getByRole("button", { name }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** Reads an SVG as a browser does; what is in it, and whether it is well-formed. */
function read(page, text) {
  return page.evaluate((text) => {
    const svg = new DOMParser().parseFromString(text, "image/svg+xml");
    const texts = [...svg.querySelectorAll("text")].map((it) => it.textContent);
    return {
      broken: svg.querySelector("parsererror") !== null,
      cards: svg.querySelectorAll("g").length,
      dashed: svg.querySelectorAll("[stroke-dasharray]").length,
      running: svg.querySelectorAll("script, image, a, foreignObject, style").length,
      texts,
      width: Number(svg.documentElement.getAttribute("width")),
    };
  }, text);
}

test("an SVG holds the cards, wires and labels that are seen, and nothing that runs", async ({ page }) => {
  await openFlow(page);
  const file = await exported(page, /^SVG/);
  expect(file.name).toBe("pictures.svg");
  const svg = await read(page, file.bytes.toString());
  expect(svg).toMatchObject({ broken: false, cards: 4, dashed: 1, running: 0 });
  expect(svg.texts).toContain("Start");
  expect(svg.texts.join("\n")).toContain('1  input.text == "<b>&"');
  expect(svg.texts).toContain("2  default");
  expect(svg.texts.some((text) => text.startsWith("</text><script>"))).toBe(true);
});

test("the selection alone, as pixels, as text, and from the palette", async ({ page }) => {
  await openFlow(page);
  const png = await exported(page, /^PNG/);
  expect(png.name).toBe("pictures.png");
  expect(png.bytes.subarray(1, 4).toString()).toBe("PNG");
  const whole = png.bytes.readUInt32BE(16);

  await canvas(page).getByRole("group", { name: "Start, start" }).click();
  await page.getByRole("button", { name: "Export picture" }).click();
  await menu(page).getByRole("switch", { name: "Only what is selected" }).check();
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Export picture" })).toBeFocused();
  const one = await exported(page, /^PNG/);
  expect(one.bytes.readUInt32BE(16)).toBeLessThan(whole);

  await menu(page).waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Export picture" }).click();
  await menu(page).getByRole("switch", { name: "Only what is selected" }).uncheck();
  await page.keyboard.press("Escape");
  const mermaid = (await exported(page, /^Mermaid/)).bytes.toString();
  expect(mermaid).toMatch(/^flowchart LR\n {2}n0\(\["Start"\]\)\n/);
  expect(mermaid).toContain('n1 -.->|"2  default"| n3');
  expect(mermaid).not.toContain("<script");

  await canvas(page).focus();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("as dot");
  const download = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  expect((await download).suggestedFilename()).toBe("pictures.dot");
});

test("only the picture is printed", async ({ page }) => {
  await openFlow(page);
  await page.evaluate(() => {
    window.print = () => {
      const picture = document.querySelector(".print-picture");
      window.printed = picture.naturalWidth > 100 && picture.alt === "pictures";
    };
  });
  await page.getByRole("button", { name: "Export picture" }).click();
  await menu(page).getByRole("button", { name: /^Print/ }).click();
  await expect.poll(() => page.evaluate(() => window.printed)).toBe(true);
  await expect(page.locator(".print-picture")).toHaveCount(0);
});
