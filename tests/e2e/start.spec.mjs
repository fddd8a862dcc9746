// The page starts: anywhere, accessibly, under its security policy; and says so when it cannot.
import { barriers, expect, open, test } from "./page.mjs";

for (const [place, path] of [
  ["at the top of a host", "./"],
  ["in a folder", "/a/b/"],
  ["in a folder named without its slash", "/a/b"],
]) {
  test(`the app gets ready ${place}`, async ({ page }) => {
    await open(page, path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(await barriers(page)).toEqual([]);
    const marks = await page.evaluate(
      () => performance.getEntriesByName("flowdeck:ready", "mark").length,
    );
    expect(marks).toBe(1);
  });
}

test("every file is fetched once, from the same place", async ({ page, baseURL }) => {
  const fetched = [];
  page.on("request", (request) => fetched.push(request.url()));
  await open(page);
  const again = fetched.filter((url, index) => fetched.indexOf(url) !== index);
  // The worker imports these four; the browser takes them from its cache.
  expect(again.filter((url) => !/\/assets\/(assets|files|flowdeck|parts)-[^/]*\.js$/.test(url))).toEqual([]);
  expect(fetched.filter((url) => !url.startsWith(baseURL) && !url.startsWith("data:"))).toEqual([]);
});

test("the workbench that cannot be downloaded is said so, and asked for again", async ({ page, expected }) => {
  expected.push(/ERR_FAILED/, /Failed to fetch/);
  await page.route("**/assets/workbench-*.wasm", (route) => route.abort());
  await open(page);
  await page.getByRole("button", { name: "New dialog flow" }).click();
  const missing = page.getByRole("alert").filter({ hasText: "could not be downloaded" });
  await expect(missing).toContainText("Nothing was changed");
  await page.unroute("**/assets/workbench-*.wasm");
  await missing.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("region", { name: "Flow canvas" })).toBeVisible();
});

test("Operate that cannot be downloaded is said so, with a reload beside asking again", async ({ page, expected }) => {
  expected.push(/ERR_FAILED/, /Failed to fetch/);
  await page.route("**/assets/operate-*.wasm", (route) => route.abort());
  await open(page);
  const activity = page
    .getByRole("navigation", { name: "Activities" })
    .getByRole("button", { name: "Operate" });
  await activity.click();
  const missing = page.getByRole("alert").filter({ hasText: "could not be downloaded" });
  await expect(missing).toContainText("a new version of Flowdeck was published");
  await expect(missing.getByRole("button", { name: "Try again" })).toBeVisible();
  await page.unroute("**/assets/operate-*.wasm");
  const loaded = page.waitForEvent("load");
  await missing.getByRole("button", { name: "Reload" }).click();
  await loaded;
  await expect(page.locator("html")).toHaveAttribute("data-ready", "true");
  await activity.click();
  await expect(page.getByRole("main", { name: "Operate" })).toBeVisible();
});

test("the answers carry the security headers", async ({ request }) => {
  const headers = (await request.get("./")).headers();
  expect(headers["content-security-policy"]).toContain("default-src 'none'");
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["referrer-policy"]).toBe("no-referrer");
  expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
});

test("the worker runs the same app under the same policy", async ({ page }) => {
  await open(page, "/a/b/");
  const first = await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const worker = new Worker(globalThis.flowdeck.workerUrl, { type: "module" });
        worker.onmessage = (event) => resolve(event.data);
        worker.onerror = (event) => reject(new Error(event.message || "the worker did not start"));
        worker.postMessage(globalThis.flowdeck.module);
      }),
  );
  expect(first).toBe("flowdeck:worker-ready");
});

test("the policy blocks what an attacker would try", async ({ page, expected }) => {
  expected.push(/policy breach/, /Content Security Policy/, /Refused to build HTML/, /Trusted(HTML|ScriptURL)/);
  await open(page);
  // From a script of the page: what the developer tools evaluate is not held to the policy.
  const outcome = await page.evaluate(async () => {
    const attempt = (work) => {
      try {
        work();
        return "allowed";
      } catch (error) {
        return error.name;
      }
    };
    const div = document.createElement("div");
    const markup = (text) => attempt(() => (div.innerHTML = text));
    return {
      script: markup("<p>x</p><script>alert(1)</script>"),
      handler: markup("<img src=x onerror=alert(1)>"),
      address: markup('<a href="javascript:alert(1)">x</a>'),
      hiddenAddress: markup('<a href="java&#10;script:alert(1)">x</a>'),
      frame: markup("<iframe srcdoc=x></iframe>"),
      style: markup('<p style="color:red">x</p>'),
      base: markup('<base href="https://evil.example/">'),
      svgTitle: markup("<title><img src=x onerror=alert(1)></title>"),
      svgCdata: markup("<p><![CDATA[><img src=x onerror=alert(1)>]]></p>"),
      animate: markup('<svg><a><animate attributeName="href" values="javascript:1"/></a></svg>'),
      foreignWorker: attempt(() => new Worker("./boot.js")),
      secondPolicy: attempt(() => trustedTypes.createPolicy("default", {})),
      harmless: markup('<p class="a">x<br></p><svg viewBox="0 0 1 1"><path d="M0 0"/></svg>'),
      drawing: markup('<svg><defs><linearGradient id="g"/></defs><use href="#g"/></svg>'),
    };
  });
  const { harmless, drawing, ...attacks } = outcome;
  expect({ harmless, drawing }).toEqual({ harmless: "allowed", drawing: "allowed" });
  for (const [attack, result] of Object.entries(attacks)) {
    expect(result, attack).toBe("TypeError");
  }
});

test("inline scripts and eval do not run", async ({ page, expected }) => {
  expected.push(/policy breach/, /Content Security Policy/, /Content-Security-Policy/, /TrustedScript/);
  await open(page);
  await page.evaluate(() => {
    const script = document.createElement("script");
    try {
      script.textContent = "document.documentElement.dataset.inline = 'ran'";
    } catch {
      script.append("document.documentElement.dataset.inline = 'ran'");
    }
    document.head.append(script);
  });
  await expect(page.locator("html")).not.toHaveAttribute("data-inline", "ran");
});

test("a page whose app cannot be fetched says so", async ({ page, expected }) => {
  expected.push(/Failed to load resource/, /LoadFailure|could not be downloaded/);
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto("./");
  await expect(page.getByRole("heading", { name: "Flowdeck could not start" })).toBeVisible();
  await expect(page.getByText(/^The app could not be downloaded/)).toBeVisible();
  await page.unroute("**/*.wasm");
  await page.getByRole("button", { name: "Reload" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-ready", "true");
});

test("bytes that are not what was published are refused", async ({ page, expected }) => {
  expected.push(/integrity/, /LoadFailure|could not be downloaded/, /Failed to load/);
  await page.route("**/*.wasm", async (route) => {
    const response = await route.fetch();
    const body = Buffer.concat([await response.body(), Buffer.from([0, 1, 0])]);
    await route.fulfill({ response, body });
  });
  await page.goto("./");
  await expect(page.getByText(/^The app .* what arrived is not what was published/)).toBeVisible();
});

test("an app that stops says so and lets the report be read", async ({ page }) => {
  await open(page);
  await page.evaluate(() =>
    dispatchEvent(new CustomEvent("flowdeck:panic", { detail: "index out of bounds in x.rs:1" })),
  );
  await expect(page.getByRole("heading", { name: "Flowdeck stopped" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Restart" })).toBeFocused();
  expect(await barriers(page)).toEqual([]);
  await page.getByText("The report", { exact: true }).click();
  await expect(page.getByText("index out of bounds in x.rs:1")).toBeVisible();
  await page.getByRole("button", { name: "Restart" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-ready", "true");
});

test("an app that traps without a word says so too", async ({ page, expected }) => {
  expected.push(/unreachable/);
  await open(page);
  await page.evaluate(() => {
    // A module with one function, `f`, that does nothing but trap.
    const bytes = "0061736d0100000001040160000003020100070501016600000a05010300000b";
    const module = new WebAssembly.Module(Uint8Array.from(bytes.match(/../g), (byte) => parseInt(byte, 16)));
    const { f } = new WebAssembly.Instance(module).exports;
    setTimeout(f);
  });
  await expect(page.getByRole("heading", { name: "Flowdeck stopped" })).toBeVisible();
});
