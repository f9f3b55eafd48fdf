let count = 0;

function render({ model, el }) {
  const id = `bookfilm-lines-${++count}-${Math.random().toString(36).slice(2)}`;
  const label = document.createElement("label");
  const area = document.createElement("textarea");
  label.htmlFor = area.id = id;
  area.className = "bookfilm-lines";
  area.wrap = "soft";
  el.classList.add("bookfilm-editor");
  el.append(label, area);
  let waiting = null;

  function send() {
    waiting = null;
    model.set("value", area.value);
    model.save_changes();
  }
  function look() {
    const line = area.value.slice(0, area.selectionStart).split("\n").length - 1;
    if (line !== model.get("line")) {
      model.set("line", line);
      model.save_changes();
    }
  }
  function show() {
    label.textContent = model.get("description");
    area.rows = model.get("rows");
    if (waiting === null && area.value !== model.get("value")) area.value = model.get("value");
  }
  area.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(send, model.get("delay_ms"));
    look();
  });
  area.addEventListener("blur", () => {
    if (waiting === null) return;
    clearTimeout(waiting);
    send();
  });
  for (const event of ["click", "keyup", "focus"]) area.addEventListener(event, look);
  model.on("change", show);
  show();
  return () => {
    clearTimeout(waiting);
    model.off("change", show);
  };
}

export default { render };
