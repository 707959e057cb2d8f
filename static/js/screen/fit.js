// A slide with more, or longer, words than the window holds is drawn smaller: nothing on a wall can be scrolled.

export function fit(slide) {
  slide.style.zoom = "";
  const { clientHeight, clientWidth, scrollHeight, scrollWidth } = slide;
  const share = Math.min(clientHeight / scrollHeight, clientWidth / scrollWidth);
  if (share < 1) slide.style.zoom = share;
}
