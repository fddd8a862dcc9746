// What a tenant refuses of a document, over real HTTP: listed, marked, and a press away from its value.
// The rules find the same mistakes before anything is sent, so the workspace sets them milder first.
import { readFileSync } from "node:fs";
import { barriers, expect, open } from "./page.mjs";
import { activity, button, connect, network, openFiles, outcome, screen, test } from "./operate-page.mjs";

test.use({ expected: [network, { scope: "test" }] });

const sample = (name) => JSON.parse(readFileSync(new URL(`../../samples/${name}`, import.meta.url)));
const refused = (page) => page.getByRole("group", { name: "What the tenant refused" });
const canvas = (page) => page.getByRole("region", { name: "Flow canvas" });
const inspector = (page) => page.getByRole("region", { name: "Inspector" });

/** Opens a document in a workspace whose rules only warn of something, and shows a screen. */
async function given(page, tenant, kind, document, code, name) {
  await open(page);
  const file = {
    flowdeck: 1,
    name: "Team",
    documents: [{ id: "1", kind, fileName: "sent.json", text: JSON.stringify(document, null, 2) }],
    levels: { [code]: "warning" },
  };
  await openFiles(page, ["team.json", file]);
  await activity(page, "Operate").click();
  await connect(page, tenant, name);
}

test("a node that a tenant refuses is marked until the flow is edited", async ({ page, tenant }) => {
  const flow = sample("order-status.json");
  flow.version = "1.5.0";
  flow.nodes.find(({ id }) => id === "say_late").type = "wizard";
  await given(page, tenant, "dialog-flow", flow, "FD202", "Deploy");
  await button(page, "Deploy").click();
  await button(page, "Publish and make active").click();
  await expect(outcome(page)).toContainText("Previous version active (proved)");
  await expect(outcome(page)).toContainText("the tenant refused to publish the flow");
  await expect(refused(page)).toContainText("FD202");
  expect(await barriers(page)).toEqual([]);
  await refused(page).getByRole("button", { name: /node say_late › type/ }).click();
  await expect(canvas(page)).toBeVisible();
  await expect(inspector(page)).toContainText("The tenant refuses it:");
  const node = canvas(page).getByRole("group", { name: /The tenant refuses it:/ });
  await expect(node).toHaveCount(1);
  // Edited, it is no more what the tenant refused.
  await inspector(page).getByRole("textbox", { name: "Label" }).fill("Said late");
  await inspector(page).getByRole("textbox", { name: "Label" }).press("Enter");
  await expect(node).toHaveCount(0);
  await expect(inspector(page)).not.toContainText("The tenant refuses it:");
});

test("a transition that a tenant refuses is shown at its state", async ({ page, tenant }) => {
  const states = sample("checkout-states.json");
  const found = states.states
    .flatMap((state) => state.transitions.map((transition) => ({ state, transition })))
    .find(({ transition }) => transition.actions?.some(({ variable }) => variable?.startsWith("session.")));
  const { state, transition } = found;
  const action = transition.actions.find(({ variable }) => variable?.startsWith("session."));
  action.variable = action.variable.replace("session.", "sesion.");
  await given(page, tenant, "state-flow", states, "ST301", "Transitions");
  await button(page, "Push transitions").click();
  await button(page, "Push and compile").click();
  await expect(outcome(page)).toContainText("Not every state was pushed");
  const row = page.getByRole("list", { name: "States" }).getByRole("listitem").filter({ hasText: state.id });
  await expect(row.first()).toContainText("not pushed");
  const words = `state ${state.id} › transition ${transition.id} › action 1 › variable`;
  await refused(page).getByRole("button", { name: words }).click();
  await expect(canvas(page)).toBeVisible();
  await expect(inspector(page)).toContainText("The tenant refuses it:");
  await expect(inspector(page).getByRole("textbox", { name: "Id", exact: true }).first()).toHaveValue(transition.id);
});

test("a variable of a context set that a tenant refuses is marked in the form", async ({ page, tenant }) => {
  const set = sample("gold-customer-context.json");
  set.variables.shopOpen.scope = "galaxy";
  await given(page, tenant, "context-set", set, "CX102", "Context");
  await button(page, "Inject context").click();
  await button(page, "Inject on this tenant").click();
  await expect(outcome(page)).toContainText("Not injected");
  await expect(outcome(page)).toContainText("because of 1 mistake. Nothing was changed.");
  await refused(page).getByRole("button", { name: /variables › shopOpen › scope/ }).click();
  const form = page.getByRole("region", { name: "Form" });
  await expect(form.getByText("The tenant refuses it:")).toBeVisible();
  await expect(page.locator(":focus")).toHaveAttribute("id", /variable-4-/);
});

test("a state variable that a tenant refuses has the focus, and what has no place is listed", async ({ page, tenant }) => {
  const variables = sample("resume-checkout-variables.json");
  variables.session.cognigy_basket = 1;
  await given(page, tenant, "state-variables", variables, "SV101", "State variables");
  await button(page, "Update state").click();
  await button(page, "Update on this tenant").click();
  await expect(outcome(page)).toContainText("Not updated");
  await refused(page).getByRole("button", { name: /session › cognigy_basket/ }).click();
  await expect(page.getByRole("region", { name: "Form" }).getByText("The tenant refuses it:")).toBeVisible();

  await page.route(`${tenant.url}/runtime/**`, (route) =>
    route.request().method() === "PATCH"
      ? route.fulfill({
          status: 400,
          headers: { "access-control-allow-origin": "*" },
          json: { errors: [{ path: "ledger.total", code: "E7", message: "The books do not balance." }] },
        })
      : route.fallback(),
  );
  await activity(page, "Operate").click();
  await button(page, "Update state").click();
  await button(page, "Update on this tenant").click();
  await expect(refused(page)).toContainText("ledger.total");
  await expect(refused(page)).toContainText("The books do not balance.");
  await expect(refused(page).getByRole("button")).toHaveCount(0);
  // Asked again, the marks of before are gone.
  await activity(page, "Design").click();
  await expect(page.getByRole("region", { name: "Form" }).getByText("The tenant refuses it:")).toHaveCount(0);
});

test("an assertion that a tenant refuses is a press away", async ({ page, tenant }) => {
  const script = sample("order-status-simulation.json");
  script.assertions[1].expected_confidence_min = 1.5;
  await given(page, tenant, "simulation", script, "SM103", "Simulate");
  await button(page, "Run simulation").click();
  await button(page, "Run on this tenant").click();
  await expect(outcome(page)).toContainText("Not started: the tenant refused the script");
  await expect(refused(page)).toContainText("assertion 2 › expected_confidence_min");
  await refused(page).getByRole("button").click();
  await expect(page.getByRole("region", { name: "Form" }).getByText("The tenant refuses it:")).toBeVisible();
});

test("a state that does not compile is marked on the canvas until the next compilation", async ({ page, tenant }) => {
  const states = sample("checkout-states.json");
  const [first] = states.states.filter(({ transitions }) => transitions.length > 1);
  first.transitions[0].conditions = [{ type: "expression", value: "true" }];
  await given(page, tenant, "state-flow", states, "ST101", "Transitions");
  await tenant.fault({ kind: "compileFailure", call: "patch-state" });
  const push = async () => {
    await button(page, "Push transitions").click();
    await button(page, "Push and compile").click();
  };
  await push();
  await button(page, "Restore the transitions before").click({ timeout: 60_000 });
  await expect(outcome(page)).toContainText("the transitions before are restored", { timeout: 60_000 });
  await expect(page.getByText(`State ${first.id} is marked on the canvas.`)).toBeAttached();
  await button(page, `Show state ${first.id}`).click();
  const marked = canvas(page).getByRole("group", { name: /The tenant cannot compile it:/ });
  await expect(marked).toHaveCount(1);
  await expect(inspector(page)).toContainText("The tenant cannot compile it:");
  // The next compilation takes it away.
  await activity(page, "Operate").click();
  await screen(page, "Transitions").click();
  await push();
  await expect(outcome(page)).toContainText("Pushed, and the flow compiles", { timeout: 60_000 });
  await activity(page, "Design").click();
  await expect(canvas(page).getByRole("group").first()).toBeVisible();
  await expect(marked).toHaveCount(0);
});
