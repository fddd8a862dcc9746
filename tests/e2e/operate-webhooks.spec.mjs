// Webhooks: who is told of what was done, and with what. They are https alone, so the page is given names
// of hosts that a server on this machine stands for.
import { createServer } from "node:http";
import { expect } from "./page.mjs";
import {
  activity,
  button,
  connect,
  network,
  outcome,
  panel,
  screen,
  show,
  test as base,
} from "./operate-page.mjs";

const hook = "https://hooks.example.com";

const test = base.extend({
  /** A server that takes what webhooks are told: in `heard`, each with its path and its headers. */
  receiver: async ({ page }, use) => {
    const receiver = { heard: [], status: 204 };
    const server = createServer((request, response) => {
      const parts = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => {
        const { url, method, headers } = request;
        receiver.heard.push({ url, method, headers, body: Buffer.concat(parts).toString() });
        response.writeHead(receiver.status, { "access-control-allow-origin": "*" }).end();
      });
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address();
    await page.route(`${hook}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      const response = await route.fetch({ url: `http://127.0.0.1:${port}${pathname}` });
      await route.fulfill({ response });
    });
    await use(receiver);
    await new Promise((resolve) => server.close(resolve));
  },
});

test.use({ expected: [network, { scope: "test" }] });

/** Gives the chosen connection a webhook. */
async function tell(page, label, path, back) {
  await screen(page, "Connection").click();
  await page.getByText("Webhooks", { exact: true }).click();
  await page.getByRole("textbox", { name: label, exact: true }).fill(`${hook}/${path}`);
  await button(page, "Keep connection").click();
  await expect(page.getByText("Kept with the workspace.")).toBeVisible();
  await screen(page, back).click();
}

/** What was heard, once it is there; never with a token. */
async function heard(receiver, path) {
  await expect(() => expect(receiver.heard.map(({ url }) => url)).toContain(path)).toPass();
  const told = receiver.heard.filter(({ url }) => url === path);
  expect(told).toHaveLength(1);
  expect(told[0].method).toBe("POST");
  expect(told[0].headers.authorization).toBeUndefined();
  expect(told[0].headers["content-type"]).toContain("application/json");
  return told[0];
}

test("a CRM is told of an update", async ({ page, tenant, receiver }) => {
  await show(page, "./?open=./samples/resume-checkout-variables.json", "State variables");
  await connect(page, tenant, "State variables");
  await tell(page, "CRM", "crm", "State variables");
  await button(page, "Update state").click();
  await button(page, "Update on this tenant").click();
  await expect(outcome(page)).toContainText("Updated");
  await expect(outcome(page)).toContainText(/CRM webhook\s*delivered/);
  const { body } = await heard(receiver, "/crm");
  const told = JSON.parse(body);
  expect(told.dialog_id).toBe("d-5f0c2a");
  expect(told.payload.session.voucher).toBe("SPRING-10");
  expect(told).toHaveProperty("result");
});

test("a webhook that fails is shown, and what was done stays done", async ({ page, tenant, receiver }) => {
  receiver.status = 500;
  await show(page, "./?open=./samples/resume-checkout-variables.json", "State variables");
  await connect(page, tenant, "State variables");
  await tell(page, "CRM", "crm", "State variables");
  await button(page, "Update state").click();
  await button(page, "Update on this tenant").click();
  await expect(outcome(page)).toContainText("Updated");
  await expect(outcome(page)).toContainText("it answered 500. What was done stays done.");
  await heard(receiver, "/crm");
  const headers = { authorization: "Bearer practice-token" };
  const held = await fetch(`${tenant.url}/runtime/v2/dialogs/d-5f0c2a/state`, { headers });
  expect((await held.json()).session.voucher).toBe("SPRING-10");
});

test("context, with the template as it reads", async ({ page, tenant, receiver }) => {
  await show(page, "./?open=./samples/gold-customer-context.json", "Context");
  await connect(page, tenant, "Context");
  await tell(page, "Context", "context", "Context");
  await page.getByRole("textbox", { name: "Template" }).fill("Hello {{firstName}}!");
  await button(page, "Inject context").click();
  await button(page, "Inject on this tenant").click();
  await expect(outcome(page)).toContainText("Injected");
  const { body } = await heard(receiver, "/context");
  const told = JSON.parse(body);
  expect(told.event).toBe("context_injection");
  expect(told.payload.conversation_id).toBe("conv_8a7b9c2d1e3f");
  expect(told.payload.resolved_template).toBe("Hello Zoë!");
  await expect(outcome(page)).toContainText(told.payload.audit_checksum);
});

test("an exported flow is handed to the sync URL as it is downloaded", async ({ page, tenant, receiver }) => {
  await show(page, "./?open=./samples/order-status.json", "Deploy");
  await connect(page, tenant, "Deploy");
  await tell(page, "Artefact sync", "sync", "Deploy");
  await button(page, "Export and sync").click();
  await expect(outcome(page)).toContainText("Exported");
  await expect(outcome(page)).toContainText(/Handed on\s*delivered/);
  const { body } = await heard(receiver, "/sync");
  const told = JSON.parse(body);
  expect(told.dialog_id).toBe("order-status");
  await expect(outcome(page)).toContainText(told.checksum);
});

test("a simulation, as the runner it comes from", async ({ page, tenant, receiver }) => {
  await show(page, "./?open=./samples/order-status-simulation.json", "Simulate");
  await connect(page, tenant, "Simulate");
  await tell(page, "MLOps", "mlops", "Simulate");
  await button(page, "Run simulation").click();
  await button(page, "Run on this tenant").click();
  await expect(outcome(page)).toContainText("Passed: every assertion holds", { timeout: 60_000 });
  const { headers, body } = await heard(receiver, "/mlops");
  expect(headers["x-source"]).toBe("cognigy-sim-runner");
  const told = JSON.parse(body);
  expect(told.event).toBe("cognigy_simulation_complete");
  expect(told.metrics.assertion_success_rate).toBe(100);
  expect(JSON.parse(told.audit_log).compliance_status).toBe("PASS");
});

test("analytics is told of each state that was pushed", async ({ page, tenant, receiver }) => {
  await show(page, "./", "Transitions");
  await connect(page, tenant, "Transitions");
  await tell(page, "Analytics", "analytics", "Transitions");
  await page.getByRole("combobox", { name: "Bot id" }).fill("nordlicht-shop");
  await page.getByRole("combobox", { name: "Flow id" }).fill("checkout");
  await button(page, "Load states").click();
  await expect(panel(page, "Since it was loaded")).toContainText("Nothing differs");
  await activity(page, "Design").click();
  await page.getByRole("button", { name: "Toggle source" }).click();
  const source = page.getByRole("textbox", { name: "Source text" });
  const text = await source.inputValue();
  await source.fill(text.replace("intent.confidence >= 0.7", "intent.confidence >= 0.9"));
  await expect(page.getByRole("button", { name: "Undo", exact: true })).toBeEnabled();
  await activity(page, "Operate").click();
  await button(page, "Push transitions").click();
  await button(page, "Push and compile").click();
  await expect(outcome(page)).toContainText("Pushed, and the flow compiles", { timeout: 60_000 });
  const { body } = await heard(receiver, "/analytics");
  expect(JSON.parse(body)).toMatchObject({
    eventType: "transition_update",
    botId: "nordlicht-shop",
    flowId: "checkout",
    stateId: "confirm",
  });
});

test("plain http is refused for webhooks, on this machine too", async ({ page, tenant }) => {
  await show(page, "./", "Deploy");
  await connect(page, tenant, "Connection");
  await page.getByText("Webhooks", { exact: true }).click();
  await page.getByRole("textbox", { name: "CRM", exact: true }).fill("http://localhost:9/hook");
  await expect(page.getByText("What is sent there could be read on the way.")).toBeVisible();
  await button(page, "Keep connection").click();
  await expect(page.getByText("Not kept: put right what is marked.")).toBeVisible();
});
