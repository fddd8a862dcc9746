// Opening a flow: from the file handed over until the page answers, and what it then holds.
import { readFileSync } from "node:fs";

/**
 * Hands `text` to the page as a file would be. Milliseconds until the flow is shown and the page
 * makes two frames in a row within 50 ms each: until then a click would wait.
 */
export function measureOpening(page, subject, text) {
  return page.evaluate(
    async ({ text, shown }) => {
      const input = document.getElementById("file-input");
      const chosen = new DataTransfer();
      chosen.items.add(new File([text], "flow.json", { type: "application/json" }));
      input.files = chosen.files;
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      await frame();
      const from = performance.now();
      input.dispatchEvent(new Event("change", { bubbles: true }));
      while (!document.querySelector(shown)) await frame();
      let last = await frame();
      let quick = 0;
      let since = last;
      while (quick < 2) {
        const now = await frame();
        if (now - last <= 50) {
          quick += 1;
        } else {
          quick = 0;
          since = now;
        }
        last = now;
      }
      return since - from;
    },
    { text, shown: subject.shown },
  );
}

/** Bytes of a process that it shares with no other; none where that cannot be told. */
function privateBytes(id) {
  try {
    const status = readFileSync(`/proc/${id}/status`, "utf8");
    const sum = [...status.matchAll(/^Rss(?:Anon|Shmem):\s+(\d+) kB$/gm)];
    return sum.reduce((total, [, kilobytes]) => total + Number(kilobytes) * 1024, 0);
  } catch {
    // Not Linux, or the process is gone.
    return undefined;
  }
}

/**
 * Notes the memories of WebAssembly that a page makes, before it makes any. Asking the engine for them
 * afterwards (`Runtime.queryObjects`) ends the page.
 */
export function noteMemories() {
  const memories = new Set();
  const note = (result) => {
    for (const value of Object.values((result.instance ?? result).exports)) {
      if (value instanceof WebAssembly.Memory) memories.add(value);
    }
    return result;
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = (...given) => original(...given).then(note);
  }
  globalThis.notedMemories = memories;
}

/** Bytes of the memories that were noted. */
function wasmBytes() {
  return [...globalThis.notedMemories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
}

/**
 * What the page holds after a garbage collection: `heap`, its objects, buffers and WebAssembly
 * memory; `process`, the memory of its process, compiled code included; `elements`, in its document.
 */
export async function measureMemory(browser, { page, session }) {
  await session.send("HeapProfiler.collectGarbage");
  const usage = await session.send("Runtime.getHeapUsage");
  const system = await browser.newBrowserCDPSession();
  const { processInfo } = await system.send("SystemInfo.getProcessInfo");
  await system.detach();
  // One page is open at a time: its process is the largest.
  const sizes = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => privateBytes(id))
    .filter((size) => size !== undefined);
  return {
    heap: usage.usedSize + usage.embedderHeapUsedSize + usage.backingStorageSize + (await page.evaluate(wasmBytes)),
    process: sizes.length > 0 ? Math.max(...sizes) : undefined,
    elements: await page.evaluate(() => document.getElementsByTagName("*").length),
  };
}
