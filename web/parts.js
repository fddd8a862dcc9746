// Fetches the files that were cut out of the compiled app, when it asks for them. The app imports
// this module under the name that the cutting tool gave it.
import { compile, get } from "./files.js";

/**
 * Says what the app exports and where the rest lies: `parts` ({ name: file }), `shared`, what several
 * parts need ([file]), and `style`, how they look (a file; none where the page has it). The last two have to
 * be there before any part. A file is { url, integrity }, or { carried } as in files.js.
 */
export let provide;
/** The app asks as soon as it runs, which is before it is known what it exports. */
const provided = new Promise((resolve) => {
  provide = (exports, files) => resolve({ exports, ...files });
});
/** Files under way or there, by address or name; what failed is asked for anew. */
const asked = new Map();

async function compiled(file) {
  const response = await get(file);
  if (!response.ok) throw new Error(`${response.status} ${file.url}`);
  return compile(response);
}

/** Runs a file once, after those it needs; all are fetched at the same time. */
function once(file, needed, exports) {
  const key = file.carried ?? file.url;
  if (!asked.has(key)) {
    const load = async () => {
      const [module] = await Promise.all([compiled(file), ...needed.map((it) => once(it, [], exports))]);
      return WebAssembly.instantiate(module, { __wasm_split: exports });
    };
    const loading = load();
    loading.catch(() => asked.delete(key));
    asked.set(key, loading);
  }
  return asked.get(key);
}

/** Adds a stylesheet to the page once. */
function dress({ url, integrity }) {
  if (!asked.has(url)) {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: url, integrity });
    const loading = new Promise((resolve, reject) => {
      link.addEventListener("load", resolve);
      link.addEventListener("error", () => reject(new Error(`No stylesheet ${url}`)));
    });
    loading.catch(() => {
      link.remove();
      asked.delete(url);
    });
    document.head.append(link);
    asked.set(url, loading);
  }
  return asked.get(url);
}

/** The app waits for its callback, which is told whether the part is there. */
async function answer(name, callback, data) {
  const { exports, parts, shared, style } = await provided;
  let there = true;
  try {
    await Promise.all([once(parts[name], shared, exports), style && dress(style)]);
  } catch (error) {
    // The app says it to the user; this is for whoever looks into it.
    console.error(error);
    there = false;
  }
  exports.__indirect_function_table.get(callback)(data, there);
}

export const __wasm_split_load_workbench = (callback, data) => answer("workbench", callback, data);
export const __wasm_split_load_operate = (callback, data) => answer("operate", callback, data);
