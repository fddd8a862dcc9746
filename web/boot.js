// Starts the page: fetches the compiled app, checks it, runs it, and says plainly when that fails.
// What may become HTML is decided in trust.js; what a crash looks like in crash.js.
import { workerUrl } from "./trust.js";
import { glue, parts, shared, style, wasm } from "./assets.js";
import { provide } from "./parts.js";
import { LoadFailure, showLoadFailure, watchForCrashes } from "./crash.js";

/** Fetches the compiled app. The browser refuses bytes that do not match the integrity value. */
async function fetchApp() {
  let response;
  try {
    response = await fetch(wasm.url, { integrity: wasm.integrity });
  } catch (error) {
    throw new LoadFailure(
      "The app could not be downloaded, or what arrived is not what was published.",
      "Check the connection and reload. If this stays, ask whoever hosts this page to publish it again, all files together.",
      error,
    );
  }
  if (!response.ok) {
    throw new LoadFailure(
      `The server answered ${response.status} when asked for the app.`,
      "Reload the page: a new version may just have been published. If this stays, tell whoever hosts this page.",
      `${response.status} ${wasm.url}`,
    );
  }
  return response;
}

/** Compiles the app, while it arrives where the server says what it is. */
async function compile(response) {
  const type = response.headers.get("content-type") ?? "";
  if (type.startsWith("application/wasm")) return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

/** Imports the JavaScript half of the compiled app. */
async function importGlue() {
  try {
    return await import(glue.url);
  } catch (error) {
    throw new LoadFailure(
      "A part of the app could not be downloaded.",
      "Check the connection and reload. If this stays, ask whoever hosts this page to publish it again, all files together.",
      error,
    );
  }
}

async function start() {
  if (typeof WebAssembly !== "object") {
    throw new LoadFailure(
      "This browser does not run WebAssembly, which Flowdeck is made of.",
      "Allow WebAssembly for this page (some security modes switch it off) or use a current Chrome, Edge, Firefox or Safari.",
    );
  }
  const [app, module] = await Promise.all([importGlue(), fetchApp().then(compile)]);
  // The app reads this to start its worker (`new Worker(flowdeck.workerUrl, { type: "module" })`),
  // to which it sends the module: compiled once, run twice.
  globalThis.flowdeck = Object.freeze({ workerUrl, module });
  provide(await app.default({ module_or_path: module }), { parts, shared, style });
  document.getElementById("boot")?.remove();
}

watchForCrashes();
start().catch(showLoadFailure);
