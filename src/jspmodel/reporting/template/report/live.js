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
  if (!room || figure.dataset.room === String(room)) return;
  figure.dataset.room = String(room);
  const spec = JSON.parse(figure.querySelector("script").textContent);
  await vegaEmbed(figure.querySelector(".drawn"), fitted(spec, room), drawing);
  figure.classList.add("live");
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
