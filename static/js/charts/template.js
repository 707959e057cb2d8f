// What all charts have in common, once for the site instead of 7 KB in every figure.

/** The layout with the unit of the upright axis above it, level: Chinese turned on its side is hard to read. */
export function withUnitOnTop(layout) {
  const unit = layout.yaxis?.title?.text;
  if (!unit) return layout;
  const { title, ...yaxis } = layout.yaxis;
  const note = { text: unit, showarrow: false, xref: "paper", yref: "paper", x: 0, y: 1, xanchor: "left", yanchor: "bottom" };
  return { ...layout, yaxis, annotations: [...(layout.annotations ?? []), { ...note, xshift: -20, yshift: 10 }] };
}

/** Plotly's template in the colours of the moment. */
export function template(colour) {
  const family = getComputedStyle(document.body).fontFamily;
  const axis = {
    automargin: true,
    fixedrange: true,
    gridcolor: colour("grid"),
    linecolor: colour("line-strong"),
    zerolinecolor: colour("line-strong"),
    zerolinewidth: 1,
    tickcolor: colour("line-strong"),
    tickfont: { color: colour("ink-soft") },
    title: { standoff: 8, font: { size: 12, color: colour("ink-faint") } },
  };
  return {
    layout: {
      font: { family, size: 12, color: colour("ink") },
      title: { font: { size: 16 }, x: 0, xref: "paper", xanchor: "left" },
      paper_bgcolor: colour("paper"),
      plot_bgcolor: colour("paper"),
      colorway: ["actual", "target", "pace", "actual-soft", "muted"].map(colour),
      margin: { l: 8, r: 16, t: 36, b: 8, pad: 4 },
      xaxis: { ...axis, showgrid: false },
      yaxis: axis,
      legend: {
        orientation: "h",
        x: 1,
        xanchor: "right",
        y: 1,
        yanchor: "bottom",
        font: { color: colour("ink-soft") },
      },
      hoverlabel: {
        bgcolor: colour("sheet"),
        bordercolor: colour("line-strong"),
        font: { family, size: 12, color: colour("ink") },
        align: "left",
        namelength: -1,
      },
      bargap: 0.35,
      dragmode: false,
      separators: ".,",
    },
    data: {
      bar: [{ type: "bar", marker: { line: { width: 0 } }, cliponaxis: false }],
      scatter: [{ type: "scatter", cliponaxis: false, line: { width: 2.5 }, marker: { size: 7 } }],
      heatmap: [{ type: "heatmap", xgap: 2, ygap: 2, showscale: false }],
    },
  };
}
