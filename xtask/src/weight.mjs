// Prints, as JSON, [[path, bytes, bytes after brotli], …] for every file under the folder given.
import { readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { brotliCompressSync } from "node:zlib";

const root = process.argv.at(-1);
const rows = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const bytes = readFileSync(path);
    const name = relative(root, path).split(sep).join("/");
    return [name, bytes.length, brotliCompressSync(bytes).length];
  });
console.log(JSON.stringify(rows.sort((a, b) => (a[0] < b[0] ? -1 : 1))));
