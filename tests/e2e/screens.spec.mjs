// Screens that are not like most: where the system chooses the colours, and where pixels are dense.
import { canvas, card, openFiles, openNew, sample } from "./canvas-page.mjs";
import { expect, open, test } from "./page.mjs";

/** How a card is outlined. */
const outline = (card) =>
  card.evaluate((element) => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
    return { style: outlineStyle, width: parseFloat(outlineWidth), colour: outlineColor };
  });

test.describe("with the colours of the system", () => {
  test.use({ contextOptions: { reducedMotion: "reduce", forcedColors: "active" } });

  test("what is selected, chosen or focused has a line around it, and wires are drawn in its colours", async ({ page }) => {
    await openNew(page);
    const hello = card(page, "Say hello, action");
    expect((await outline(hello)).style).toBe("none");
    await hello.click();
    const selected = await outline(hello);
    expect(selected.style).toBe("solid");
    expect(selected.width).toBeGreaterThanOrEqual(3);
    expect((await outline(card(page, "Start, start"))).style).toBe("none");

    // So has the line of the list, which says the same, and the screen one is on.
    const line = page.getByRole("listbox", { name: "Outline" }).getByRole("option", { selected: true });
    expect((await outline(line)).style).toBe("solid");
    const activity = page.getByRole("navigation", { name: "Activities" }).getByRole("button", { name: "Design" });
    expect((await outline(activity)).style).toBe("solid");

    // What is painted takes the colours too: that of text, on that of the canvas.
    const { text, wire, canvas } = await page.evaluate(() => {
      const probe = document.createElement("canvas").getContext("2d");
      const said = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
      const pixel = (colour) => {
        probe.fillStyle = colour;
        probe.fillRect(0, 0, 1, 1);
        return [...probe.getImageData(0, 0, 1, 1).data].join();
      };
      return { text: pixel("CanvasText"), wire: pixel(said("--wire")), canvas: pixel("Canvas") };
    });
    expect(wire).toBe(text);
    expect(wire).not.toBe(canvas);
    const colours = await page.evaluate(() => {
      const sheet = [...document.querySelectorAll("canvas.raster:not(.is-overlay)")].find(
        (layer) => layer.style.visibility !== "hidden" && layer.width > 300,
      );
      const { data } = sheet.getContext("2d").getImageData(0, 0, sheet.width, sheet.height);
      const found = new Set();
      for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] === 255) found.add([...data.slice(at, at + 4)].join());
      }
      return [...found];
    });
    expect(colours).toContain(text);
  });
});

test.describe("with two pixels to a point", () => {
  test.use({ deviceScaleFactor: 2 });

  test("everything that is painted has as many pixels as the screen", async ({ page }) => {
    await open(page);
    await openFiles(page, sample("order-status.json").pathname);
    await expect(card(page, "Start, start")).toBeVisible();
    await expect(canvas(page)).toBeVisible();
    // What is in the user's hand is painted on a layer of its own.
    await card(page, "Start, start").click();
    const sizes = () =>
      page.evaluate(() =>
        [...document.querySelectorAll("canvas.raster, canvas.minimap-picture")]
          // A sheet that was never needed has no size of its own yet.
          .filter((layer) => layer.style.width || layer.classList.contains("minimap-picture"))
          .map((layer) => {
            const zoom = layer.getBoundingClientRect().width / layer.offsetWidth;
            return [layer.className, layer.width / layer.offsetWidth, layer.height / layer.offsetHeight, zoom];
          }),
      );
    await expect.poll(async () => (await sizes()).length).toBe(3);
    for (const [name, across, down, zoom] of await sizes()) {
      expect([name, across, down, zoom]).toEqual([name, 2, 2, 1]);
    }
  });
});
