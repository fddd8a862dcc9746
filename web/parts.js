// Fetches the files that were cut out of the compiled app, when it asks for them. The app imports
// this module under the name that the cutting tool gave it.

/**
 * Says what the app exports and where the rest lies: `parts` ({ name: { url, integrity } }), `shared`,
 * what several parts need ([{ url, integrity }]), and `style`, how they look ({ url, integrity }). The
 * last two have to be there before any part.
 */
export let provide;
/** The app asks as soon as it runs, which is before it is known what it exports. */
const provided = new Promise((resolve) => {
  provide = (exports, files) => resolve({ exports, ...files });
});
/** Files under way or there, by address; what failed is asked for anew. */
const asked = new Map();

async function compile({ url, integrity }) {
  const response = await fetch(url, { integrity });
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  const type = response.headers.get("content-type") ?? "";
  if (type.startsWith("application/wasm")) return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

/** Runs a file once, after those it needs; all are fetched at the same time. */
function once(file, needed, exports) {
  if (!asked.has(file.url)) {
    const load = async () => {
      const [module] = await Promise.all([compile(file), ...needed.map((it) => once(it, [], exports))]);
      return WebAssembly.instantiate(module, { __wasm_split: exports });
    };
    const loading = load();
    loading.catch(() => asked.delete(file.url));
    asked.set(file.url, loading);
  }
  return asked.get(file.url);
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
    await Promise.all([once(parts[name], shared, exports), dress(style)]);
  } catch (error) {
    // The app says it to the user; this is for whoever looks into it.
    console.error(error);
    there = false;
  }
  exports.__indirect_function_table.get(callback)(data, there);
}

export const __wasm_split_load_workbench = (callback, data) => answer("workbench", callback, data);
export const __wasm_split_load_operate = (callback, data) => answer("operate", callback, data);
