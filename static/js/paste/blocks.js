// A block of cells as Excel and WPS put it on the clipboard, and which of its columns holds what.

const HEADINGS = { value: /本季|累计|实绩|完成数|填报数|数值/, note: /说明|备注|原因/ };
const NUMBER_LIKE = /[0-9０-９]|^[-–—]{1,2}$/;

// Tab-separated lines; a cell with a tab, a line break or a quotation mark in it stands in quotation marks.
export function rowsOf(text) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let at = 0; at < source.length; at += 1) {
    const char = source[at];
    if (quoted) {
      if (char === '"' && source[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else if (char === '"') quoted = false;
      else cell += char;
    } else if (char === '"' && cell === "" && closes(source, at)) quoted = true;
    else if (char === "\t" || char === "\n") {
      rows.at(-1).push(tidy(cell));
      cell = "";
      if (char === "\n") rows.push([]);
    } else cell += char;
  }
  rows.at(-1).push(tidy(cell));
  return rows;
}

// A quotation mark opens a cell only if another one ends it.
function closes(source, at) {
  return /^"(?:[^"]|"")*"(?:[\t\n]|$)/.test(source.slice(at));
}

// Line breaks within a cell become spaces: the cells of the form have one line.
function tidy(cell) {
  return cell.replace(/\s*\n\s*/g, " ").trim();
}

function plain(name) {
  return name.normalize("NFKC").replace(/^其中[:：]?/, "").replace(/[\s:：“”"'()（）]/g, "").toLowerCase();
}

// A name as it may be written: with or without its unit in brackets behind it.
function spellings(name) {
  const written = name.trim();
  const bare = written.normalize("NFKC").replace(/\s*\([^()]*\)\s*$/, "");
  return [plain(written), plain(bare)].filter(Boolean);
}

// {spelling: the row's place in the table}; a spelling of two rows is nobody's.
export function namesIn(rows) {
  const places = new Map();
  rows.forEach((row, place) => {
    for (const spelling of new Set(row.dataset.names.split("|").flatMap(spellings))) {
      places.set(spelling, places.has(spelling) ? -1 : place);
    }
  });
  return places;
}

function placeOf(name, places) {
  for (const spelling of spellings(name)) {
    const place = places.get(spelling);
    if (place !== undefined && place >= 0) return place;
  }
  return -1;
}

// Whether the first column names the rows: at least one name is known, and no more are strange than known.
export function isNamed(block, places) {
  const first = block.map((row) => row[0]).filter(Boolean);
  const known = first.filter((name) => placeOf(name, places) >= 0).length;
  return block.some((row) => row.length > 1) && known > 0 && known * 2 >= first.length - 1;
}

export function looksLikeFigure(cell) {
  return NUMBER_LIKE.test(cell);
}

// A first row of words above figures.
export function hasHeading(block, column) {
  const [first, ...others] = block.map((row) => row[column] ?? "");
  return Boolean(first) && !looksLikeFigure(first) && others.some(looksLikeFigure);
}

// Of a named block, which columns hold the figure and the note: by its heading, else the only one with figures and the
// one after it. Answers null where that cannot be told.
function columnsOf(heading, body) {
  const width = Math.max(...body.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, column) => column).slice(1);
  const headed = (kind) => columns.filter((column) => HEADINGS[kind].test(heading?.[column] ?? "") && !/上季|上年|去年|目标/.test(heading[column]));
  const note = headed("note")[0];
  if (headed("value").length) return { value: headed("value").at(-1), note };
  const figures = columns.filter((column) => column !== note && body.filter((row) => looksLikeFigure(row[column] ?? "")).length * 2 > body.length);
  const [value, second] = figures;
  if (value === undefined || (second !== undefined && second !== value + 1)) return value === undefined ? null : { value: null };
  if (second !== undefined) return { value: null };
  return { value, note: note ?? (value + 1 < width ? value + 1 : undefined) };
}

// What goes where: `cells` are {place, value, note}, `skipped` sentences, `refused` why nothing can be filled at all.
export function byName(block, places) {
  const heading = placeOf(block[0][0], places) < 0 && block.length > 1 ? block[0] : null;
  const body = heading ? block.slice(1) : block;
  const columns = columnsOf(heading, body);
  if (!columns || columns.value === null) {
    return { refused: "认不出哪一列是本季累计数：请连同标题行一起复制，或只复制名称和数字两列。" };
  }
  const cells = [];
  const skipped = heading ? ["标题行"] : [];
  const unknown = [];
  for (const row of body) {
    if (row.every((cell) => !cell)) continue;
    const place = placeOf(row[0], places);
    if (place < 0) unknown.push(row[0] || "（无名称）");
    else cells.push({ place, value: row[columns.value] ?? "", note: columns.note === undefined ? "" : (row[columns.note] ?? "") });
  }
  if (unknown.length) skipped.push(`不认识的名称 ${unknown.length} 行（${listed(unknown)}）`);
  return { cells, skipped };
}

// A whole written with its part, 350（220）, fills the part's row too: the next line goes beneath that row, unless it is
// the part once more or the block has a line for every row.
function passesPart(body, at, rows, place) {
  const bracketed = /[（(]([^（）()]*)[)）]\s*$/.exec(body[at][0] ?? "");
  if (!bracketed || !rows[place + 1]?.classList.contains("table__part")) return false;
  const next = body[at + 1]?.[0];
  const linesLeft = body.length - at - 1;
  return next !== bracketed[1].trim() && next !== "" && linesLeft <= rows.length - place - 2;
}

export function byPlace(block, start, kind, rows) {
  const kinds = kind === "value" ? ["value", "note"] : ["note"];
  const heading = kind === "value" && hasHeading(block, 0);
  const body = heading ? block.slice(1) : block;
  const skipped = heading ? ["标题行"] : [];
  const cells = [];
  const left = [];
  let place = start;
  body.forEach((row, at) => {
    if (place < rows.length) {
      cells.push({ place, ...Object.fromEntries(kinds.map((one, column) => [one, row[column] ?? ""])) });
    } else if (row.some(Boolean)) left.push(row[0] || "空");
    place += kind === "value" && place < rows.length && passesPart(body, at, rows, place) ? 2 : 1;
  });
  if (left.length) skipped.push(`${left.length} 行没有对应的指标（${listed(left)}）`);
  const wide = Math.max(...body.map((row) => row.length)) - kinds.length;
  if (wide > 0) skipped.push(`右边多出的 ${wide} 列`);
  return { cells, skipped };
}

function listed(names) {
  const shown = names.slice(0, 3).join("、");
  return names.length > 3 ? `${shown} 等` : shown;
}
