// Draws each chart anew where scripts run, as wide as the page is: the still picture below stays for print.
const drawing = { ast: true, actions: false, renderer: "svg", tooltip: false, defaultStyle: false };

function fitted(spec, room) {
  const copy = structuredClone(spec);
  if (!copy.spec) return { ...copy, width: room - 6 };
  copy.columns = room < 480 ? 1 : copy.columns;
  copy.spec.width = Math.floor(room / copy.columns) - 62;
  copy.config.header.labelLimit = Math.floor(room / copy.columns) - 10;
  return copy;
}

async function draw(figure) {
  const room = Math.floor(figure.getBoundingClientRect().width);
  const source = figure.querySelector("script"); // a map has none: its picture stays
  if (!source || !room || figure.dataset.room === String(room)) return;
  figure.dataset.room = String(room);
  const spec = fitted(JSON.parse(source.textContent), room);
  const slider = figure.querySelector(".slider");
  if (slider) hold(slider, spec);
  const { view } = await vegaEmbed(figure.querySelector(".drawn"), spec, { ...drawing, bind: slider ?? undefined });
  if (slider) follow(figure, slider, view);
  figure.classList.add("live");
}

// A chart that is drawn anew keeps the place of its slider.
function hold(slider, spec) {
  const old = slider.querySelector("input");
  const parameter = spec.params.find((one) => one.name === slider.dataset.parameter);
  if (old) parameter.value = Number(old.value);
  slider.replaceChildren();
}

function follow(figure, slider, view) {
  const show = (value) =>
    figure.querySelectorAll(".steps > div").forEach((step) => (step.hidden = Number(step.dataset.value) !== Math.round(value)));
  view.addSignalListener(slider.dataset.parameter, (name, value) => show(value));
  show(view.signal(slider.dataset.parameter));
}

function drawAll() {
  document.querySelectorAll("figure.chart").forEach((figure) => draw(figure));
}

let waiting;
addEventListener("resize", () => {
  clearTimeout(waiting);
  waiting = setTimeout(drawAll, 200);
});
addEventListener("beforeprint", () => {
  document.querySelectorAll("details").forEach((details) => (details.open = true));
});
drawAll();
