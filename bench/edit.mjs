// Flowdeck alone: from an edit in the inspector to its problems in the page.

/** Changes the name of the open flow `rounds` times; milliseconds until the panel has changed. */
export function measureEdits(page, rounds) {
  return page.evaluate(async (rounds) => {
    const field = [...document.querySelectorAll(".inspector label")]
      .find((label) => label.textContent.startsWith("Name"))
      .querySelector("input");
    const panel = document.querySelector("section.problems");
    const name = field.value;
    const times = [];
    for (let round = 0; round < rounds; round += 1) {
      const changed = new Promise((resolve) => {
        new MutationObserver((_, observer) => {
          observer.disconnect();
          resolve(performance.now());
        }).observe(panel, { subtree: true, childList: true, characterData: true });
      });
      const from = performance.now();
      // A blank name is a warning; a name takes it away.
      field.value = round % 2 ? name : "";
      field.dispatchEvent(new Event("change", { bubbles: true }));
      times.push((await changed) - from);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    return times;
  }, rounds);
}
