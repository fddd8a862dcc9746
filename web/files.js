// Gets the files of the app: from the page itself where all of the app is one file (`cargo xtask build
// --single-file`), else from their addresses. What such a page carries is in data blocks, elements that
// run nothing: compressed (zlib), in base64.

const carries = (name) => globalThis.document?.getElementById(`carried-${name}`);

/** What a data block holds, as a stream. A damaged one fails while it is read. */
function unpack(block) {
  const packed = Uint8Array.from(atob(block.textContent), (letter) => letter.charCodeAt(0));
  return new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
}

/**
 * The answer with a piece of the compiled app: one with the name of a block (`carried`), or one with an
 * address and the integrity value that the browser holds it to.
 */
export async function get({ carried, url, integrity }) {
  if (!carried) return fetch(url, { integrity });
  return new Response(unpack(carries(carried)), { headers: { "content-type": "application/wasm" } });
}

/** Compiles a piece of the app, while it arrives where it is said what it is. */
export async function compile(response) {
  const type = response.headers.get("content-type") ?? "";
  if (type.startsWith("application/wasm")) return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

/** The script of the page where that is one, the same for its worker; else nothing. */
export const script = carries("script")?.textContent;

/** The files in the block of that name, by their way from the page; read when first asked for. */
let archive;

/** Its first line lists the files with their sizes; their bytes follow. */
async function readArchive(block) {
  const bytes = new Uint8Array(await new Response(unpack(block)).arrayBuffer());
  let start = bytes.indexOf(10) + 1;
  const list = JSON.parse(new TextDecoder().decode(bytes.subarray(0, start)));
  return new Map(list.map(([path, size]) => [path, bytes.subarray(start, (start += size))]));
}

/** The bytes of the file with this address, where the page carries it. */
export async function carried(address) {
  const block = carries("files");
  if (!block) return undefined;
  archive ??= readArchive(block);
  const folder = new URL("./", document.baseURI).href;
  const { href } = new URL(address, folder);
  return href.startsWith(folder) ? (await archive).get(href.slice(folder.length)) : undefined;
}
