// Trusted Types: the one place where a string may become HTML or the address of a script. The
// Content Security Policy makes the browser ask here each time and forbids any other policy.
//
// Leptos builds elements by cloning templates made from markup in the program. That markup holds
// text, structure and drawings, so everything else is refused; data of users never takes this way.

import { script } from "./files.js";

// A page that carries all of the app runs its own script in the worker too, which no browser runs as a
// module from there when the page was opened from disk.
const WORKER = script
  ? URL.createObjectURL(new Blob([script], { type: "text/javascript" }))
  : new URL("./worker.js", import.meta.url).href;

/** The address of the app's worker script. */
export const workerUrl = WORKER;
/** What kind of script that is. */
export const workerType = script ? "classic" : "module";

const ELEMENTS = new Set(
  (
    "a abbr address article aside b bdi bdo blockquote br button caption cite code col colgroup data " +
    "datalist dd del details dfn dialog div dl dt em fieldset figcaption figure footer form h1 h2 h3 " +
    "h4 h5 h6 header hgroup hr i img input ins kbd label legend li main mark menu meter nav ol optgroup " +
    "option output p picture pre progress q s samp search section select small span strong sub summary " +
    "sup table tbody td textarea tfoot th thead time tr u ul var wbr canvas " +
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan title desc marker " +
    "pattern mask clippath lineargradient radialgradient stop"
  ).split(" "),
);
const REFUSED_ATTRIBUTES = new Set(
  "style srcdoc srcset action formaction background ping is nonce http-equiv target".split(" "),
);
const ADDRESS_ATTRIBUTES = new Set("href src xlink:href cite data poster".split(" "));
const SAFE_ADDRESS = /^(?:#|https:\/\/|\.\/)/;

/** Why this attribute may not be in a template, or nothing. */
function attributeProblem({ name, value }) {
  const lower = name.toLowerCase();
  if (lower.startsWith("on") || REFUSED_ATTRIBUTES.has(lower)) return `the attribute ${lower}`;
  if (ADDRESS_ATTRIBUTES.has(lower) && !SAFE_ADDRESS.test(value)) return `an address in ${lower}`;
  if (/^\s*(?:javascript|vbscript):/i.test(value)) return `a script in ${lower}`;
}

/** Why this tree may not be a template, or nothing. */
function treeProblem(root) {
  for (const element of root.querySelectorAll("*")) {
    const name = element.localName.toLowerCase();
    if (!ELEMENTS.has(name)) return `the element ${name}`;
    for (const attribute of element.attributes) {
      const problem = attributeProblem(attribute);
      if (problem) return problem;
    }
  }
}

if (globalThis.trustedTypes) {
  // Parses without judging, only ever into a document that is never shown and runs nothing.
  const inert = document.implementation.createHTMLDocument("");
  const reader = trustedTypes.createPolicy("flowdeck", { createHTML: (markup) => markup });

  // The same bytes parse differently inside HTML and inside SVG; both readings must be harmless.
  const problem = (markup) => {
    const html = inert.createElement("template");
    html.innerHTML = reader.createHTML(markup);
    const svg = inert.createElementNS("http://www.w3.org/2000/svg", "g");
    svg.innerHTML = reader.createHTML(markup);
    return treeProblem(html.content) ?? treeProblem(svg);
  };

  trustedTypes.createPolicy("default", {
    createHTML(markup) {
      const found = problem(markup);
      if (!found) return markup;
      console.error(`Refused to build HTML with ${found}. See web/trust.js.`);
      return null;
    },
    createScriptURL(url) {
      return new URL(url, document.baseURI).href === WORKER ? WORKER : null;
    },
  });
}
