// Serves a folder from memory, brotli-compressed beforehand as a host would, and counts what it sends.
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, relative, sep } from "node:path";
import { brotliCompressSync } from "node:zlib";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Every file under `folder` by its path in the site, compressed. */
function pack(folder) {
  const files = new Map();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const name = relative(folder, path).split(sep).join("/");
    files.set(`/${name}`, {
      body: brotliCompressSync(readFileSync(path)),
      type: TYPES[extname(name)] ?? "text/plain",
    });
  }
  return files;
}

/**
 * A running server: its address, the bytes of everything it has, and a function that returns the
 * bytes sent since it was last asked.
 */
export async function serve(folder) {
  const files = pack(folder);
  if (!files.has("/index.html")) throw new Error(`There is no index.html in ${folder}.`);
  let sent = 0;
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
    const file = files.get(path.endsWith("/") ? `${path}index.html` : path);
    if (!file) return response.writeHead(404).end();
    sent += file.body.length;
    response.writeHead(200, {
      "content-encoding": "br",
      "content-length": file.body.length,
      "content-type": file.type,
    });
    response.end(file.body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    bytes: [...files.values()].reduce((sum, file) => sum + file.body.length, 0),
    takeSent: () => {
      const taken = sent;
      sent = 0;
      return taken;
    },
    close: () => server.close(),
  };
}
