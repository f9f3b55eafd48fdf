function filled(text, values) {
  return (text || "").replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function render({ model, el }) {
  const list = document.createElement("ul");
  const heard = document.createElement("div");
  heard.setAttribute("role", "status");
  heard.className = "bookfilm-unseen";
  list.className = "bookfilm-grid";
  el.append(list, heard);
  let dragged = null;

  function place(id, to) {
    const order = model.get("order").filter((other) => other !== id);
    order.splice(Math.max(0, Math.min(to, order.length)), 0, id);
    if (order.join() === model.get("order").join()) return;
    model.set("order", order);
    model.save_changes();
    const values = { shot: id, place: order.indexOf(id) + 1, total: order.length };
    heard.textContent = filled(model.get("words").moved, values);
  }

  function mover(item, sign, text) {
    const button = document.createElement("button");
    const at = model.get("order").indexOf(item.id);
    const to = at + sign;
    button.type = "button";
    button.textContent = sign < 0 ? "◀" : "▶";
    button.title = filled(text, { shot: item.id });
    button.setAttribute("aria-label", button.title);
    button.disabled = to < 0 || to >= model.get("order").length;
    button.dataset.mover = `${item.id} ${sign}`;
    button.addEventListener("click", () => {
      place(item.id, to);
      const again = list.querySelector(`[data-mover="${CSS.escape(item.id)} ${sign}"]`);
      if (again && !again.disabled) again.focus();
    });
    return button;
  }

  function cell(item) {
    const words = model.get("words");
    const entry = document.createElement("li");
    const pick = document.createElement("button");
    const caption = document.createElement("span");
    const moves = document.createElement("div");
    entry.draggable = true;
    pick.type = "button";
    pick.className = "bookfilm-pick";
    pick.setAttribute("aria-label", item.name);
    pick.setAttribute("aria-pressed", String(item.id === model.get("chosen")));
    pick.dataset.shot = item.id;
    if (item.src) {
      const picture = document.createElement("img");
      picture.src = item.src;
      picture.alt = "";
      picture.draggable = false;
      pick.append(picture);
    } else {
      const empty = document.createElement("span");
      empty.className = "bookfilm-empty";
      empty.textContent = item.empty || "";
      pick.append(empty);
    }
    caption.textContent = item.caption;
    pick.append(caption);
    pick.addEventListener("click", () => {
      model.set("chosen", item.id);
      model.save_changes();
    });
    moves.className = "bookfilm-moves";
    moves.append(mover(item, -1, words.earlier), mover(item, 1, words.later));
    entry.append(pick, moves);
    entry.addEventListener("dragstart", (event) => {
      dragged = item.id;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", item.id);
      event.stopPropagation();
    });
    entry.addEventListener("dragover", (event) => {
      if (dragged === null) return;
      event.preventDefault();
      event.stopPropagation();
      entry.classList.add("bookfilm-over");
    });
    entry.addEventListener("dragleave", () => entry.classList.remove("bookfilm-over"));
    entry.addEventListener("dragend", () => {
      dragged = null;
    });
    entry.addEventListener("drop", (event) => {
      if (dragged === null) return;
      event.preventDefault();
      event.stopPropagation();
      const moved = dragged;
      dragged = null;
      place(moved, model.get("order").indexOf(item.id));
      entry.classList.remove("bookfilm-over");
    });
    return entry;
  }

  function show() {
    const focused = list.contains(document.activeElement) && document.activeElement.dataset;
    const items = new Map(model.get("items").map((item) => [item.id, item]));
    list.setAttribute("aria-label", model.get("description"));
    list.replaceChildren(...model.get("order").filter((id) => items.has(id)).map((id) => cell(items.get(id))));
    if (focused && focused.shot) list.querySelector(`[data-shot="${CSS.escape(focused.shot)}"]`)?.focus();
    if (focused && focused.mover) list.querySelector(`[data-mover="${CSS.escape(focused.mover)}"]`)?.focus();
  }
  model.on("change:items change:order change:description change:words", show);
  model.on("change:chosen", () => {
    for (const pick of list.querySelectorAll(".bookfilm-pick"))
      pick.setAttribute("aria-pressed", String(pick.dataset.shot === model.get("chosen")));
  });
  show();
  return () => model.off(null, show);
}

export default { render };
