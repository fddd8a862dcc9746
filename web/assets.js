// Where the compiled app lies, for boot.js and worker.js alike. This version serves a plain
// `trunk serve`; `cargo xtask` replaces it by one with content-hashed names and real integrity
// values (xtask/src/site.rs), or by one that names what the page carries (xtask/src/one_file.rs).
export const glue = () => import("./flowdeck-page.js");
export const parts = {};
export const shared = [];
export const wasm = { url: new URL("./flowdeck-page_bg.wasm", import.meta.url).href, integrity: "" };
export const style = { url: new URL("./canvas.css", import.meta.url).href, integrity: "" };
