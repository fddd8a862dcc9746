// Fetches the files that were cut out of the compiled app, when it asks for them. The app imports
// this module under the name that the cutting tool gave it.

/** Says what the app exports, and where its parts lie: { name: { url, integrity } }. */
export let provide;
/** The app asks as soon as it runs, which is before it is known what it exports. */
const provided = new Promise((resolve) => {
  provide = (exports, files) => resolve({ exports, files });
});
/** Parts under way or there, by name; what failed is asked for anew. */
const asked = new Map();

async function load(name) {
  const { exports, files } = await provided;
  const { url, integrity } = files[name];
  const response = await fetch(url, { integrity });
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  const imports = { __wasm_split: exports };
  const type = response.headers.get("content-type") ?? "";
  if (type.startsWith("application/wasm")) return WebAssembly.instantiateStreaming(response, imports);
  return WebAssembly.instantiate(await response.arrayBuffer(), imports);
}

function once(name) {
  if (!asked.has(name)) {
    const loading = load(name);
    loading.catch(() => asked.delete(name));
    asked.set(name, loading);
  }
  return asked.get(name);
}

/** The app waits for its callback, which is told whether the part is there. */
async function answer(name, callback, data) {
  let there = true;
  try {
    await once(name);
  } catch (error) {
    // The app says it to the user; this is for whoever looks into it.
    console.error(error);
    there = false;
  }
  const { exports } = await provided;
  exports.__indirect_function_table.get(callback)(data, there);
}

export const __wasm_split_load_workbench = (callback, data) => answer("workbench", callback, data);
