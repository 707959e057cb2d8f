// A chart as a picture that explains itself: title, sentence, and whether its figures are demonstration or not final.

const HEAD_HEIGHT = 76;

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
  const layout = {
    ...plot.layout,
    title: {
      text: mark ? `${title}【${mark}】` : title,
      subtitle: { text: sentence },
      x: 0,
      xref: "container",
      pad: { l: 16 },
      y: 1,
      yref: "container",
      yanchor: "top",
      yref_pad: 0,
    },
    margin: { ...plot.layout.margin, t: margin.t + HEAD_HEIGHT },
    autosize: false,
    width,
    height: height + HEAD_HEIGHT,
  };
  return Plotly.downloadImage(
    { data: plot.data, layout },
    { format: "png", filename: title, width, height: height + HEAD_HEIGHT, scale: 2 },
  );
}
