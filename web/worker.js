// The worker's start: runs the same compiled app as the page, which sends it as the first message.
// What it does with other messages is decided in Rust; those that arrive before it runs are kept
// and delivered then.
import { glue } from "./assets.js";

const early = [];
let compiled;
const module = new Promise((resolve) => (compiled = resolve));
const keep = (event) => {
  event.stopImmediatePropagation();
  if (event.data instanceof WebAssembly.Module) compiled(event.data);
  else early.push(event);
};
addEventListener("message", keep);

async function start() {
  const app = await glue();
  await app.default({ module_or_path: await module });

  removeEventListener("message", keep);
  for (const { data, ports } of early) {
    dispatchEvent(new MessageEvent("message", { data, ports: [...ports] }));
  }
  postMessage("flowdeck:worker-ready");
}

start().catch((error) => {
  // Told to the page as an error of the worker; a refused promise alone would not be.
  setTimeout(() => {
    throw error;
  });
});
