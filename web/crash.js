// What the user sees when the app cannot start or has stopped: a plain page that says what
// happened and what to do. It depends on nothing of the app, which may be the part that is broken.

/** A start that failed in a way we can explain. */
export class LoadFailure extends Error {
  /**
   * @param {string} what one sentence: what happened
   * @param {string} advice one or two sentences: what to do
   * @param {unknown} [cause] what the browser said
   */
  constructor(what, advice, cause) {
    super(what, { cause });
    this.advice = advice;
  }
}

let shown = false;

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** Everything worth attaching to a ticket; no part of the address that could carry data. */
function reportText(what, details) {
  return [
    "Flowdeck stopped",
    what,
    details,
    `Page: ${location.protocol === "file:" ? "opened from disk" : location.origin + location.pathname}`,
    `Browser: ${navigator.userAgent}`,
    `Time: ${new Date().toISOString()}`,
  ].join("\n");
}

function copyButton(report, source) {
  const button = element("button", "Copy report");
  button.type = "button";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(report);
      button.textContent = "Report copied";
    } catch {
      source.closest("details").open = true;
      getSelection()?.selectAllChildren(source);
      button.textContent = "Selected: press Ctrl+C or ⌘C";
    }
  });
  return button;
}

/** Replaces the page, once: what follows a first failure is only its echo. */
function show({ title, what, advice, action, details }) {
  if (shown) return;
  shown = true;
  const page = element("main", "", "crash");
  page.setAttribute("role", "alert");
  const report = element("pre", reportText(what, details));
  report.tabIndex = 0;
  const more = element("details");
  more.append(element("summary", "The report"), report);
  const restart = element("button", action);
  restart.type = "button";
  restart.addEventListener("click", () => location.reload());
  const buttons = element("p", "", "crash-buttons");
  buttons.append(restart, copyButton(report.textContent, report));
  page.append(element("h1", title), element("p", what), element("p", advice), buttons, more);
  document.body.replaceChildren(page);
  document.documentElement.dataset.crashed = "true";
  restart.focus();
}

/** Shows why the app could not start. */
export function showLoadFailure(error) {
  const explained = error instanceof LoadFailure;
  console.error(error);
  show({
    title: "Flowdeck could not start",
    what: explained ? error.message : "The app stopped while it was starting.",
    advice: explained
      ? error.advice
      : "Reload the page. If this stays, copy the report and send it to whoever looks after Flowdeck here.",
    action: "Reload",
    details: String(explained ? (error.cause ?? "") : (error?.stack ?? error)),
  });
}

function showCrash(details) {
  show({
    title: "Flowdeck stopped",
    what: "A mistake in Flowdeck itself made it stop.",
    advice: "What was marked as saved is saved. Restart to go on from there. The report stays on this machine unless you copy it and pass it on.",
    action: "Restart",
    details,
  });
}

/** From now on, an app that stopped says so. */
export function watchForCrashes() {
  addEventListener("flowdeck:panic", (event) => showCrash(String(event.detail)));
  // A trap without a panic message: out of memory, stack overflow. Other script errors, such as
  // those of browser extensions, are not the app's end.
  const trapped = (reason) => {
    if (reason instanceof WebAssembly.RuntimeError) showCrash(reason.stack ?? String(reason));
  };
  addEventListener("error", (event) => trapped(event.error));
  addEventListener("unhandledrejection", (event) => trapped(event.reason));
}
