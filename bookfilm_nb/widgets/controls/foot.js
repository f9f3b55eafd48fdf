// What a person changes in a control, by the name of its model
const EDITED = {
  AnyModel: ["value", "order", "chosen"],
  BoundedFloatTextModel: ["value"],
  CheckboxModel: ["value"],
  DropdownModel: ["index"],
  TextModel: ["value"],
};

function fields(model) {
  return [model, ...(model.get("children") || []).flatMap(fields)].filter((one) => EDITED[one.get("_model_name")]);
}

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
  // While the kernel is busy the page holds changes of state back, but not the message of a button. So whatever was
  // edited goes ahead of it as a message as well: the button finds what its user sees.
  const heard = new Map();
  const edited = new Map();
  let whole = null;
  if (model.get("box")) model.widget_manager.get_model(model.get("box")).then((found) => (whole = found));

  function listen(event) {
    if (!whole || !el.closest(".bookfilm-panel")?.contains(event.target)) return;
    for (const field of fields(whole)) {
      if (heard.has(field)) continue;
      const mark = () => edited.set(field.model_id, field);
      for (const name of EDITED[field.get("_model_name")]) field.on(`change:${name}`, mark);
      heard.set(field, mark);
    }
  }
  function ahead(event) {
    if (!edited.size || !event.target.closest("button") || !el.closest(".bookfilm-panel")?.contains(event.target))
      return;
    const now = {};
    for (const [id, field] of edited) {
      const names = EDITED[field.get("_model_name")].filter((name) => field.get(name) !== undefined);
      now[id] = Object.fromEntries(names.map((name) => [name, field.get(name)]));
    }
    edited.clear();
    model.send({ now });
  }
  for (const happens of ["focusin", "pointerdown"]) window.addEventListener(happens, listen, true);
  window.addEventListener("click", ahead, true);
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
    for (const happens of ["focusin", "pointerdown"]) window.removeEventListener(happens, listen, true);
    window.removeEventListener("click", ahead, true);
    for (const [field, mark] of heard) field.off(null, mark);
    model.off("change", show);
  };
}

export default { render };
