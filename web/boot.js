// Starts the page: fetches the compiled app, checks it, runs it, and says plainly when that fails.
// What may become HTML is decided in trust.js; what a crash looks like in crash.js.
import { workerType, workerUrl } from "./trust.js";
import { glue, parts, shared, style, wasm } from "./assets.js";
import { carried, compile, get } from "./files.js";
import { provide } from "./parts.js";
import { LoadFailure, showLoadFailure, watchForCrashes } from "./crash.js";

/** Fetches the compiled app. The browser refuses bytes that do not match the integrity value. */
async function fetchApp() {
  let response;
  try {
    response = await get(wasm);
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

/** Unpacks and compiles the app that the page carries. */
async function unpackApp() {
  try {
    return await compile(await get(wasm));
  } catch (error) {
    throw new LoadFailure(
      "The app could not be unpacked: this file is damaged, most likely cut short on the way.",
      "Ask for the file again, preferably inside a ZIP.",
      error,
    );
  }
}

/** Imports the JavaScript half of the compiled app. */
async function importGlue() {
  try {
    return await glue();
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
  if (wasm.carried && typeof DecompressionStream !== "function") {
    throw new LoadFailure(
      "This browser cannot unpack Flowdeck from one file.",
      "Use a current Chrome, Edge, Firefox or Safari.",
    );
  }
  const compiled = wasm.carried ? unpackApp() : fetchApp().then(compile);
  const [app, module] = await Promise.all([importGlue(), compiled]);
  // The app reads this to start its worker (`new Worker(flowdeck.workerUrl, { type: flowdeck.workerType })`),
  // to which it sends the module: compiled once, run twice; and to ask for what the page carries.
  globalThis.flowdeck = Object.freeze({ workerUrl, workerType, module, carried });
  provide(await app.default({ module_or_path: module }), { parts, shared, style });
  document.getElementById("boot")?.remove();
}

watchForCrashes();
start().catch(showLoadFailure);
