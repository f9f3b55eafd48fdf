function render({ model, el }) {
  const group = document.createElement("div");
  const mark = document.createElement("div");
  group.className = "bookfilm-bars";
  group.setAttribute("role", "group");
  mark.className = "bookfilm-mark";
  mark.hidden = true;
  el.append(group);
  let followed = null;

  const film = () => el.closest(".bookfilm-panel")?.querySelector("video");
  function follow() {
    const video = film();
    if (!video || video === followed) return;
    followed = video;
    video.addEventListener("timeupdate", () => point(video.currentTime));
  }
  function point(second) {
    mark.hidden = false;
    mark.style.setProperty("--at", second / model.get("length"));
  }
  function choose(second) {
    model.set("at", second);
    model.save_changes();
    const video = film();
    if (video) {
      follow();
      video.currentTime = second;
    }
    point(second);
  }

  function track(one) {
    const row = document.createElement("div");
    const name = document.createElement("span");
    const lane = document.createElement("div");
    row.className = "bookfilm-track";
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", one.name);
    name.className = "bookfilm-trackname";
    name.setAttribute("aria-hidden", "true");
    name.textContent = one.name;
    lane.className = "bookfilm-lane";
    const bars = one.bars.map((bar, n) => {
      const button = document.createElement("button");
      button.type = "button";
      button.title = bar.name;
      button.setAttribute("aria-label", bar.name);
      button.tabIndex = n ? -1 : 0;
      button.textContent = bar.text || "";
      button.style.left = `${(100 * bar.start) / model.get("length")}%`;
      button.style.width = `${(100 * bar.length) / model.get("length")}%`;
      button.addEventListener("click", () => choose(bar.start));
      button.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1, Home: -n, End: bars.length - 1 - n }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        const next = bars[Math.max(0, Math.min(bars.length - 1, n + step))];
        for (const other of bars) other.tabIndex = other === next ? 0 : -1;
        next.focus();
      });
      return button;
    });
    lane.append(...bars);
    row.append(name, lane);
    return row;
  }
  function show() {
    group.setAttribute("aria-label", model.get("description"));
    group.replaceChildren(...model.get("tracks").map(track), mark);
    follow();
  }
  const watching = new MutationObserver(follow);
  requestAnimationFrame(() => {
    const panel = el.closest(".bookfilm-panel");
    if (panel) watching.observe(panel, { childList: true, subtree: true });
    follow();
  });
  model.on("change:tracks change:length change:description", show);
  show();
  return () => {
    watching.disconnect();
    model.off(null, show);
  };
}

export default { render };
