// A chart as a picture that explains itself: title, sentence, and whether its figures are demonstration or not final.

const EDGE = 16;
const TITLE = 16;
const SENTENCE = 13;
const LEADING = 1.4;

/** Text in lines that fit the width; a Chinese character is as wide as it is high. */
function lines(text, width, size) {
  const length = Math.max(8, Math.floor((width - 2 * EDGE) / size));
  const characters = [...text];
  const count = Math.ceil(characters.length / length);
  return Array.from({ length: count }, (_, line) => characters.slice(line * length, (line + 1) * length).join(""));
}

/** The one button of a chart's mode bar. */
export function downloadButton(Plotly) {
  return { name: "downloadPicture", title: "下载为图片", icon: Plotly.Icons.camera, click: (plot) => save(Plotly, plot) };
}

function save(Plotly, plot) {
  const chart = plot.closest("[data-chart]");
  const title = chart.querySelector(".chart__title").textContent.trim();
  const sentence = chart.querySelector(".chart__summary").textContent.trim();
  const mark = document.querySelector("[data-figures-are]")?.dataset.figuresAre;
  const { width, height, margin } = plot._fullLayout;
  const heading = lines(mark ? `${title}【${mark}】` : title, width, TITLE);
  const saying = lines(sentence, width, SENTENCE);
  const head = EDGE + (heading.length * TITLE + saying.length * SENTENCE) * LEADING + EDGE;
  const layout = {
    ...plot.layout,
    title: {
      text: `<b>${heading.join("<br>")}</b>`,
      font: { size: TITLE },
      subtitle: { text: saying.join("<br>"), font: { size: SENTENCE } },
      x: 0,
      xref: "container",
      y: 1,
      yref: "container",
      yanchor: "top",
      pad: { l: EDGE, t: EDGE },
    },
    margin: { ...plot.layout.margin, t: margin.t + head },
    autosize: false,
    width,
    height: height + head,
  };
  return Plotly.downloadImage(
    { data: plot.data, layout },
    { format: "png", filename: title, width, height: height + head, scale: 2 },
  );
}
