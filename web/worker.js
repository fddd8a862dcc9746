// The worker's start: runs the same compiled app as the page. What it does with messages is
// decided in Rust; messages that arrive before it runs are kept and delivered then.
import { glue, wasm } from "./assets.js";

const early = [];
const keep = (event) => {
  event.stopImmediatePropagation();
  early.push(event);
};
addEventListener("message", keep);

const [app, response] = await Promise.all([
  import(glue.url),
  fetch(wasm.url, { integrity: wasm.integrity }),
]);
await app.default({ module_or_path: response });

removeEventListener("message", keep);
for (const { data, ports } of early) {
  dispatchEvent(new MessageEvent("message", { data, ports: [...ports] }));
}
postMessage("flowdeck:worker-ready");
