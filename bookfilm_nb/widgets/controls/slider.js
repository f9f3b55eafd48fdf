let count = 0;

function render({ model, el }) {
  const id = `bookfilm-slider-${++count}-${Math.random().toString(36).slice(2)}`;
  const label = document.createElement("label");
  const input = document.createElement("input");
  const shown = document.createElement("output");
  label.htmlFor = input.id = id;
  shown.htmlFor = id;
  input.type = "range";
  el.classList.add("bookfilm-slider");
  el.append(label, input, shown);

  function show() {
    label.textContent = model.get("description");
    input.title = model.get("tooltip");
    for (const name of ["min", "max", "step"]) input[name] = model.get(name);
    input.disabled = model.get("disabled");
    input.value = model.get("value");
    const number = Number(model.get("value")).toFixed(model.get("step") < 0.1 ? 2 : 1);
    shown.textContent = number.replace(".", model.get("point"));
    input.setAttribute("aria-valuetext", shown.textContent);
  }
  input.addEventListener("input", () => {
    model.set("value", Number(input.value));
    model.save_changes();
    show();
  });
  model.on("change", show);
  show();
  return () => model.off("change", show);
}

export default { render };
