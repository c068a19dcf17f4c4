// Pictures: zoom and move by keyboard, wheel (with Ctrl) and buttons, by changing the view box alone; and the picture as PNG.
const LABELS = { in: "+", out: "−", whole: "0" };

const zoomable = (figure) => {
  const svg = figure.querySelector("svg[data-zoom]");
  if (!svg) return;
  const whole = svg.viewBox.baseVal;
  const all = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
  let view = { ...all };

  const show = () => {
    view.width = Math.min(view.width, all.width);
    view.height = Math.min(view.height, all.height);
    view.x = Math.min(Math.max(view.x, all.x), all.x + all.width - view.width);
    view.y = Math.min(Math.max(view.y, all.y), all.y + all.height - view.height);
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
  };
  const zoom = (by, at = [0.5, 0.5]) => {
    const width = Math.min(all.width, Math.max(all.width / 24, view.width * by));
    const height = (width * all.height) / all.width;
    view = { x: view.x + (view.width - width) * at[0], y: view.y + (view.height - height) * at[1], width, height };
    show();
  };
  const move = (x, y) => {
    view.x += x * view.width;
    view.y += y * view.height;
    show();
  };
  const acts = {
    "+": () => zoom(0.7), "=": () => zoom(0.7), "-": () => zoom(1 / 0.7), "0": () => { view = { ...all }; show(); },
    ArrowLeft: () => move(-0.15, 0), ArrowRight: () => move(0.15, 0), ArrowUp: () => move(0, -0.15), ArrowDown: () => move(0, 0.15),
  };
  figure.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  });
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const box = svg.getBoundingClientRect();
    zoom(event.deltaY < 0 ? 0.85 : 1 / 0.85, [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]);
  }, { passive: false });

  const bar = document.createElement("div");
  bar.className = "zoom";
  for (const [name, act] of [["in", "+"], ["out", "-"], ["whole", "0"]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = LABELS[name];
    button.setAttribute("aria-label", `${LABELS[name]} ${svg.dataset[name]}`);
    button.title = svg.dataset[name];
    button.addEventListener("click", acts[act]);
    bar.append(button);
  }
  figure.querySelector(".canvas").before(bar);
};

const png = (figure) => {
  const button = figure.querySelector("[data-png]");
  const link = figure.querySelector("[data-svg]");
  if (!button || !link) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = await (await fetch(link.href)).text();
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width * 2;
    canvas.height = image.height * 2;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => {
      const save = document.createElement("a");
      save.href = URL.createObjectURL(blob);
      save.download = `${figure.dataset.picture}.png`;
      save.click();
      setTimeout(() => URL.revokeObjectURL(save.href), 1000);
    });
  });
};

// A picture wider than the window begins where something is: a map at its largest circle, a strip at its newest bar, lanes at their names.
const scrolled = (figure) => {
  const canvas = figure.querySelector(".canvas");
  if (canvas.scrollWidth <= canvas.clientWidth || !canvas.querySelector("svg.map, svg.strip")) return;
  const dot = canvas.querySelector("svg.map circle");
  const frame = canvas.getBoundingClientRect();
  const box = dot && dot.getBoundingClientRect();
  canvas.scrollLeft = box ? box.left + box.width / 2 - frame.left - frame.width / 2 : canvas.scrollWidth;
};

export const start = () => {
  for (const figure of document.querySelectorAll("[data-picture]")) {
    zoomable(figure);
    scrolled(figure);
    png(figure);
  }
};
