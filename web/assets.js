// Where the compiled app lies, for boot.js and worker.js alike. This version serves a plain
// `trunk serve`; `cargo xtask` replaces it by one with content-hashed names and real integrity
// values (xtask/src/site.rs).
export const glue = { url: new URL("./flowdeck.js", import.meta.url).href };
export const wasm = { url: new URL("./flowdeck_bg.wasm", import.meta.url).href, integrity: "" };
