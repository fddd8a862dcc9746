// Bundles the page with React Flow. Its packages are used here alone; nothing of them reaches the app.
import { build } from "esbuild";
import { copyFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("react-flow/", import.meta.url));

/** Writes the page into `folder`, replacing what was there. */
export async function buildReactFlow(folder) {
  rmSync(folder, { recursive: true, force: true });
  await build({
    entryPoints: [`${source}page.jsx`, `${source}page.css`],
    outdir: folder,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "warning",
  });
  copyFileSync(`${source}index.html`, `${folder}/index.html`);
}
