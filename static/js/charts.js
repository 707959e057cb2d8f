// Draws each [data-chart] from the figure in its JSON, once it comes near the window; again when the theme changes.

import { downloadButton } from "./charts/download.js";
import { CHINESE } from "./charts/locale.js";
import { template, withUnitOnTop } from "./charts/template.js";
import { palette, withColours } from "./charts/tokens.js";

// A sheet of A4 within its margins, at CSS's 96 dots an inch.
const PRINTED_WIDTH = 700;
const PRINTED_HEIGHT = 0.8;

const { Plotly } = window;
const charts = [...document.querySelectorAll("[data-chart]")];

function setUp() {
  Plotly.register(CHINESE);
  // Plotly by itself offers to upload the figures to its own cloud and loads maps from elsewhere.
  Plotly.setPlotConfig({
    showSendToCloud: false,
    plotlyServerURL: "",
    topojsonURL: "",
    displaylogo: false,
    locale: "zh-CN",
    showTips: false,
    displayModeBar: true,
    responsive: true,
    modeBarButtons: [[downloadButton(Plotly)]],
  });
}

/** Draws a chart, or draws it again in the colours of the moment. */
async function draw(chart, printed = false) {
  const figure = JSON.parse(chart.querySelector('script[type="application/json"]').textContent);
  const plot = chart.querySelector("[data-chart-plot]");
  const colour = palette();
  const { data, layout } = withColours(figure, colour);
  plot.querySelector("[data-chart-waiting]")?.remove();
  const size = printed ? { width: PRINTED_WIDTH, height: plot.clientHeight * PRINTED_HEIGHT } : { height: plot.clientHeight };
  await Plotly.react(plot, data, { ...withUnitOnTop(layout), ...size, template: template(colour) });
  chart.dataset.drawn = "true";
}

/** Where nothing can be drawn the table speaks. */
function fail(chart, error) {
  console.error(error);
  chart.dataset.drawn = "failed";
  const waiting = chart.querySelector("[data-chart-waiting] > span");
  if (waiting) waiting.textContent = "图表未能载入，请看数据表";
  chart.querySelector("[data-chart-table]")?.setAttribute("open", "");
}

const tryToDraw = (chart, printed) => draw(chart, printed).catch((error) => fail(chart, error));
const drawn = () => charts.filter((chart) => chart.dataset.drawn === "true");

function drawWhenNear() {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        tryToDraw(target);
      }
    },
    { rootMargin: "200px" },
  );
  charts.forEach((chart) => observer.observe(chart));
}

function followTheme() {
  const redraw = () => drawn().forEach((chart) => tryToDraw(chart));
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}

// Paper is white and narrow, and has no scrolling that would draw the rest.
function followPrinting() {
  const root = document.documentElement;
  let theme;
  window.addEventListener("beforeprint", () => {
    theme = root.dataset.theme;
    root.dataset.theme = "light";
    charts.forEach((chart) => tryToDraw(chart, true));
  });
  window.addEventListener("afterprint", () => {
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    drawn().forEach((chart) => tryToDraw(chart));
  });
}

if (Plotly) {
  setUp();
  drawWhenNear();
  followTheme();
  followPrinting();
} else {
  charts.forEach((chart) => fail(chart, new Error("Plotly did not load")));
}
