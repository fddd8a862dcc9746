// Practice tenants behind a real port, started by tests with the `flowdeck` command.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The command named in FLOWDECK_COMMAND, or the one that was built last. */
function findCommand() {
  const built = fileURLToPath(new URL("../../target/debug/flowdeck", import.meta.url));
  const command = process.env.FLOWDECK_COMMAND ?? built;
  if (!existsSync(command)) {
    throw new Error("There is no flowdeck command. Build it: cargo build -p flowdeck-cli");
  }
  return command;
}

/** Starts a tenant and says where it listens; `stop` ends it. */
export async function startTenant(...options) {
  const port = options.includes("--port") ? [] : ["--port", "0"];
  const child = spawn(findCommand(), ["tenant", ...port, ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise((resolve, reject) => {
    let said = "";
    child.on("error", reject);
    child.on("exit", () => reject(new Error(`The tenant ended at once: ${said}`)));
    child.stdout.on("data", (data) => {
      said += data;
      const found = /listens on (http:\/\/\S+)/.exec(said);
      if (found) resolve(found[1]);
    });
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const call = async (path, init) => {
    const response = await fetch(`${url}/__practice/${path}`, init);
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  };
  return {
    url,
    port: new URL(url).port,
    /** Switches a fault on. */
    fault: (fault) => call("faults", { method: "POST", body: JSON.stringify(fault) }),
    /** The versions of a dialog, as the platform lists them. */
    versions: async (dialog) => {
      const headers = { authorization: "Bearer practice-token" };
      const listed = [];
      let cursor = "";
      do {
        const query = cursor ? `?cursor=${encodeURIComponent(cursor)}` : "";
        const response = await fetch(`${url}/api/v2/dialogs/${dialog}/versions${query}`, { headers });
        const { data, nextCursor } = await response.json();
        listed.push(...data);
        cursor = nextCursor ?? data.at(-1)?.nextCursor;
      } while (cursor);
      return listed;
    },
    stop: async () => {
      child.kill("SIGINT");
      await ended;
    },
  };
}
