// The start of the app where all of it is one file: the page carries this script and runs it, and its
// worker runs it again. What else the page carries comes after the script.
if (globalThis.document) addEventListener("DOMContentLoaded", () => import("./boot.js"));
else import("./worker.js");
