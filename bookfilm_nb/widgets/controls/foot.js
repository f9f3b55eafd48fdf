function render({ model, el }) {
  const fold = document.createElement("details");
  const summary = document.createElement("summary");
  const box = document.createElement("div");
  const code = document.createElement("pre");
  const copy = document.createElement("button");
  copy.type = "button";
  box.className = "bookfilm-code";
  code.tabIndex = 0;
  code.setAttribute("role", "region");
  box.append(code, copy);
  fold.append(summary, box);
  el.append(fold);

  function show() {
    summary.textContent = model.get("description");
    code.setAttribute("aria-label", model.get("description"));
    code.textContent = model.get("code");
    copy.textContent = model.get("copy");
    name();
  }
  function name() {
    const panel = el.closest(".bookfilm-panel");
    if (!panel) return;
    panel.setAttribute("role", "group");
    panel.setAttribute("aria-label", model.get("panel"));
  }
  // The notebook's shortcuts (a, b, x, Enter ...) are looked up from the element that has the focus, so that is where
  // JupyterLab is told to leave a key alone. The window hears a key before JupyterLab does.
  function guard(event) {
    const panel = el.closest(".bookfilm-panel");
    if (!panel || !panel.contains(event.target)) return;
    if (event.ctrlKey || event.metaKey) event.target.removeAttribute("data-lm-suppress-shortcuts");
    else event.target.setAttribute("data-lm-suppress-shortcuts", "true");
  }
  window.addEventListener("keydown", guard, true);
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(model.get("code"));
    } catch {
      const range = document.createRange();
      range.selectNodeContents(code);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      document.execCommand("copy");
    }
    copy.textContent = model.get("copied");
    setTimeout(() => (copy.textContent = model.get("copy")), 2000);
  });
  model.on("change", show);
  show();
  requestAnimationFrame(name);
  return () => {
    window.removeEventListener("keydown", guard, true);
    model.off("change", show);
  };
}

export default { render };
