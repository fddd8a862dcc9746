// Pushing transitions: on the practice tenant in the tab, and over real HTTP against one on another
// port.
import { barriers, expect } from "./page.mjs";
import {
  activity,
  button,
  connect,
  fault,
  network,
  open,
  outcome,
  panel,
  show,
  test,
} from "./operate-page.mjs";

const pushed = (page) => page.getByRole("list", { name: "States" });

/** A change of the first transition of the state `confirm`. */
const surer = ["intent.confidence >= 0.7", "intent.confidence >= 0.9"];

async function load(page, flow = "checkout") {
  await page.getByRole("combobox", { name: "Bot id" }).fill("nordlicht-shop");
  await page.getByRole("combobox", { name: "Flow id" }).fill(flow);
  await button(page, "Load states").click();
}

/** Shows the states of the checkout, loaded from the tenant. */
async function loaded(page) {
  await show(page, "./", "Transitions");
  await load(page);
  await expect(panel(page, "Since it was loaded")).toContainText("Nothing differs");
}

/** Changes the text of the shown document in the source pane, and comes back. */
async function edit(page, ...replacements) {
  await activity(page, "Design").click();
  await page.getByRole("button", { name: "Toggle source" }).click();
  const source = page.getByRole("textbox", { name: "Source text" });
  let text = await source.inputValue();
  for (const [from, to] of replacements) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  await source.fill(text);
  await expect(page.getByRole("button", { name: "Undo", exact: true })).toBeEnabled();
  await activity(page, "Operate").click();
}

async function push(page) {
  await button(page, "Push transitions").click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Push the transitions");
  return dialog;
}

const confirm = (page) => button(page, "Push and compile").click();

test("states are loaded, edited, pushed and compiled", async ({ page }) => {
  await loaded(page);
  await edit(page, surer);
  await expect(panel(page, "Since it was loaded")).toContainText("0.9");
  const dialog = await push(page);
  await expect(dialog).toContainText("Practice tenant (in this tab)");
  await expect(dialog).toContainText("confirm");
  await expect(dialog.getByRole("region", { name: "What changes" })).toContainText("0.9");
  await confirm(page);
  await expect(outcome(page)).toContainText("Pushed, and the flow compiles", { timeout: 60_000 });
  await expect(pushed(page)).toContainText("confirm");
  // What is there now is what edits begin with.
  await expect(panel(page, "Since it was loaded")).toContainText("Nothing differs");
  await button(page, "Push transitions").click();
  await expect(outcome(page)).toContainText("The platform has these transitions already");
});

test("a list without its ends asks for them", async ({ page }) => {
  await show(page, "./", "Transitions");
  await load(page, "opening-hours");
  await expect(page.getByRole("dialog")).toContainText("Where does a conversation start?");
  await page.getByRole("radio", { name: /^Ask for the shop/ }).check();
  await button(page, "Take this one").click();
  await expect(page.getByRole("dialog")).toContainText("takes what no transition takes");
  await page.getByRole("radio", { name: /^No such shop/ }).check();
  await button(page, "Take this one").click();
  await expect(panel(page, "Since it was loaded")).toContainText("Nothing differs");
});

test("states that were renamed are listed, and nothing is pushed", async ({ page }) => {
  await loaded(page);
  await edit(page, ['"name": "Payment"', '"name": "Pay"']);
  const stops = page.getByRole("group", { name: "What cannot be pushed" });
  await expect(stops).toContainText('State "payment" was renamed from "Payment".');
  await expect(button(page, "Push transitions")).toBeDisabled();
});

test("a flow that does not compile is shown at its state, and restored", async ({ page }) => {
  await loaded(page);
  await edit(page, surer);
  await fault(page, "Compilation fails", "patch-state", "Transitions", "always");
  await push(page);
  await confirm(page);
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("The flow does not compile", { timeout: 60_000 });
  await expect(dialog).toContainText("confirm");
  await button(page, "Leave them pushed").click();
  await expect(outcome(page)).toContainText("Pushed, but the flow does not compile");
  await button(page, "Show state confirm").click();
  await expect(page.getByRole("region", { name: "Flow canvas" })).toBeVisible();
});

test("what was there before a push that does not compile comes back", async ({ page }) => {
  await loaded(page);
  await edit(page, surer);
  await fault(page, "Compilation fails", "patch-state", "Transitions");
  await push(page);
  await confirm(page);
  await button(page, "Restore the transitions before").click({ timeout: 60_000 });
  await expect(outcome(page)).toContainText("the transitions before are restored", { timeout: 60_000 });
  // The edits are still in the document.
  await expect(panel(page, "Since it was loaded")).toContainText("0.9");
});

test.describe("over real HTTP", () => {
  test.use({ expected: [network, { scope: "test" }] });

  const path = "api/v1/bots/nordlicht-shop/flows/checkout/states/confirm";
  const headers = { authorization: "Bearer practice-token", "content-type": "application/json" };

  /** Somebody else changes a transition of the state `confirm`. */
  async function elsewhere(tenant, change) {
    const seen = await fetch(`${tenant.url}/${path}`, { headers });
    const { transitions } = await seen.json();
    change(transitions);
    const answer = await fetch(`${tenant.url}/${path}`, {
      method: "PATCH",
      headers: { ...headers, "if-match": seen.headers.get("etag") },
      body: JSON.stringify({ transitions }),
    });
    expect(answer.status).toBe(200);
  }

  const confirmed = async (tenant) =>
    (await (await fetch(`${tenant.url}/${path}`, { headers })).json()).transitions;

  async function onPort(page, tenant, ...more) {
    await open(page);
    await activity(page, "Operate").click();
    await connect(page, tenant, "Transitions");
    await load(page);
    await expect(panel(page, "Since it was loaded")).toContainText("Nothing differs");
    await edit(page, surer, ...more);
  }

  test("transitions are pushed, compiled, and are there", async ({ page, tenant }) => {
    await onPort(page, tenant);
    const dialog = await push(page);
    await expect(dialog).toContainText(tenant.url);
    await confirm(page);
    await expect(outcome(page)).toContainText("Pushed, and the flow compiles", { timeout: 60_000 });
    expect(JSON.stringify(await confirmed(tenant))).toContain("0.9");
  });

  test("what somebody else changed beside it comes together by itself", async ({ page, tenant }) => {
    await onPort(page, tenant);
    await elsewhere(tenant, (transitions) => {
      transitions[1].targetStateId = "payment";
    });
    await push(page);
    await confirm(page);
    await expect(outcome(page)).toContainText("Pushed, and the flow compiles", { timeout: 60_000 });
    const now = await confirmed(tenant);
    expect(JSON.stringify(now)).toContain("0.9");
    expect(now[1].targetStateId).toBe("payment");
    await expect(panel(page, "Since it was loaded")).toContainText("Nothing differs");
  });

  test("transitions that both changed are decided one by one", async ({ page, tenant }) => {
    await onPort(page, tenant, ["confirm.no", "confirm.never"]);
    await elsewhere(tenant, (transitions) => {
      transitions[0].targetStateId = "payment";
      transitions[1].targetStateId = "payment";
    });
    await push(page);
    await confirm(page);
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText("Conflict 1 of 2 in state confirm");
    await expect(dialog).toContainText(tenant.url);
    await expect(dialog.getByRole("region", { name: "When it was loaded" })).toContainText("0.7");
    await expect(dialog.getByRole("region", { name: "On the tenant now" })).toContainText("payment");
    await expect(dialog.getByRole("region", { name: "Yours" })).toContainText("0.9");
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("radio", { name: "Take yours" }).check();
    await button(page, "Take it").click();
    await expect(dialog).toContainText("Conflict 2 of 2 in state confirm");
    await page.getByRole("radio", { name: "Take what is on the tenant" }).check();
    await button(page, "Take it").click();
    await expect(outcome(page)).toContainText("Pushed, and the flow compiles", { timeout: 60_000 });
    await expect(pushed(page)).toContainText("merged as you decided");
    const [yes, no] = await confirmed(tenant);
    expect(yes.targetStateId).toBe("placed");
    expect(JSON.stringify(yes)).toContain("0.9");
    expect(no.targetStateId).toBe("payment");
    expect(JSON.stringify(no)).toContain("confirm.no");
    // The document took over what was decided.
    await expect(panel(page, "Since it was loaded")).toContainText("Nothing differs");
  });

  test("a conflict that is left leaves the state as it is there", async ({ page, tenant }) => {
    await onPort(page, tenant);
    await elsewhere(tenant, (transitions) => {
      transitions[0].targetStateId = "payment";
    });
    await push(page);
    await confirm(page);
    await button(page, "Leave the state as it is there").click();
    await expect(outcome(page)).toContainText("Not every state was pushed");
    await expect(pushed(page)).toContainText("their version was kept");
    expect((await confirmed(tenant))[0].targetStateId).toBe("payment");
  });
});

for (const theme of ["light", "dark"]) {
  test(`nothing of Transitions keeps anybody out (${theme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await loaded(page);
    expect(await barriers(page)).toEqual([]);
    await edit(page, surer);
    await push(page);
    expect(await barriers(page)).toEqual([]);
    await confirm(page);
    await expect(outcome(page)).toContainText("Pushed", { timeout: 60_000 });
    expect(await barriers(page)).toEqual([]);
  });
}
