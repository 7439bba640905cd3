// A slider shows the picture of its value and what is told of it; without scripts the page shows the first.
for (const input of document.querySelectorAll(".slider input")) {
  const figure = input.closest("figure");
  const told = input.parentElement.querySelector("output");
  const show = () => {
    figure.querySelectorAll("[data-value]").forEach((part) => (part.hidden = part.dataset.value !== input.value));
    told.value = `${input.value}%`;
    input.setAttribute("aria-valuetext", told.value);
  };
  input.addEventListener("input", show);
  input.closest(".slider").hidden = false;
  show();
}

// Paper shows what is unfolded; this unfolds all.
for (const button of document.querySelectorAll(".unfold button")) {
  button.addEventListener("click", () => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  button.parentElement.hidden = false;
}

// What a link leads to is unfolded, also where a browser does not do that itself.
const unfold = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let fold = target?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  target?.scrollIntoView();
};
addEventListener("hashchange", unfold);
if (location.hash) unfold();
