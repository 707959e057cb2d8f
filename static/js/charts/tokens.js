// Colours of figures are names of design tokens ("token:actual"), so that one figure serves light and dark.

const PREFIX = "token:";

/** A reader of the style sheet's values: `colour("actual")` is --chart-actual, or --actual where there is no such. */
export function palette() {
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue(name).trim();
  return (name) => {
    const found = value(`--chart-${name}`) || value(`--${name}`);
    if (!found) throw new Error(`Unknown design token in a figure: ${name}`);
    return found;
  };
}

/** A copy of a figure with every "token:…" replaced by its colour of the moment. */
export function withColours(node, colour) {
  if (typeof node === "string") return node.startsWith(PREFIX) ? colour(node.slice(PREFIX.length)) : node;
  if (Array.isArray(node)) return node.map((item) => withColours(item, colour));
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withColours(value, colour)]));
}
