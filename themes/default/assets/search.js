// Search, for search.html alone. The index is cut by year: its parts are asked for once the reader has typed,
// newest first, until a page of lines is full. Terms may stand within words: not every language parts them.
"use strict";
{
  const PAGE = 20; // lines at a time
  const LENGTH = 200; // characters of a text,
  const BEFORE = 40; // and before its first hit

  const search = document.getElementById("search");
  const slot = (name, within = search) => within.querySelector(`[data-slot=${name}]`);
  const [asking, template, status, progress, lines, more] =
    ["asking", "template", "status", "progress", "lines", "more"].map((it) => slot(it));
  const field = asking.querySelector("input");
  const say = (key, values) => search.dataset[key].replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  const parts = {};
  const folds = {};
  let current = {};
  let timer;

  // Without regard to case, accents, and the points of Hebrew and Arabic.
  const fold = (text) =>
    text.toUpperCase().normalize("NFKD").replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g, "");

  const load = async (year) => {
    const entries = await (await fetch(`search/${year}.json`)).json();
    for (const it of entries) {
      it.title = fold(it.link.name);
      it.all = fold([it.link.name, it.components, it.words, it.date, it.text].join("\n"));
    }
    return entries;
  };

  const part = (year) =>
    (parts[year] ??= load(year).catch((error) => {
      delete parts[year];
      throw error;
    }));

  // Which characters the terms cover.
  const covered = (chars, terms) => {
    const from = []; // the character of each unit of the folded text
    const hits = [];
    let folded = "";
    chars.forEach((char, number) => {
      folded += folds[char] ??= fold(char);
      while (from.length < folded.length) from.push(number);
    });
    for (const term of terms) {
      for (let at = folded.indexOf(term); 0 <= at; at = folded.indexOf(term, at + 1)) {
        for (let unit = 0; unit < term.length; unit++) hits[from[at + unit]] = true;
      }
    }
    return hits;
  };

  const print = (element, text, terms, length = Infinity) => {
    const chars = [...text];
    const hits = covered(chars, terms);
    const near = Math.max(0, hits.indexOf(true) - BEFORE);
    const start = length < chars.length ? Math.max(chars.lastIndexOf(" ", near) + 1, near - BEFORE) : 0;
    const end = Math.min(chars.length, start + length);
    if (start) element.append("…");
    for (let at = start, to; at < end; at = to) {
      for (to = at; to < end && hits[to] === hits[at]; ) to++;
      const piece = document.createElement(hits[at] ? "mark" : "span");
      piece.textContent = chars.slice(at, to).join("");
      element.append(piece);
    }
    if (end < chars.length) element.append("…");
  };

  const line = ({ link, badge, date, components, text }, terms) => {
    const line = template.content.firstElementChild.cloneNode(true);
    for (const it of [line, slot("badge", line)]) it.classList.add(badge.key);
    slot("icon", line).setAttribute("href", `#icon-${badge.key}`);
    slot("word", line).textContent = badge.word;
    slot("title", line).href = link.path;
    print(slot("title", line), link.name, terms);
    print(slot("facts", line), [date, components].filter(Boolean).join(" · "), terms);
    print(slot("text", line), text, terms, LENGTH);
    return line;
  };

  // A page of what waits, below the lines that stand. Lines that are shown already stay untouched.
  const show = ({ waiting, terms }, standing) => {
    waiting.sort((one, other) => other.inTitle - one.inTitle);
    const page = waiting.slice(0, PAGE);
    page.forEach((hit, number) => {
      hit.line ??= line(hit, terms);
      const there = lines.children[standing + number] ?? null;
      if (there !== hit.line) lines.insertBefore(hit.line, there);
    });
    while (standing + page.length < lines.children.length) lines.lastChild.remove();
  };

  // One more page: what waits, and what further years hold.
  const further = async (mine) => {
    const { terms, years, waiting } = mine;
    const has = (text) => terms.every((it) => text.includes(it));
    const standing = lines.children.length;
    more.hidden = true;
    status.textContent = "";
    try {
      for (show(mine, standing); waiting.length < PAGE && years.length; show(mine, standing)) {
        progress.textContent = say("searching", { year: years[0] });
        const hits = (await part(years[0])).filter((it) => has(it.all));
        if (mine !== current) return;
        mine.year = years.shift();
        mine.n += hits.length;
        waiting.push(...hits.map((it) => ({ ...it, inTitle: has(it.title) })));
      }
      const key = years.length ? "foundSince" : mine.n ? "found" : "nothing";
      status.textContent = mine.query && say(key, mine);
    } catch {
      if (mine !== current) return;
      status.textContent = say("failed", { year: years[0] });
    }
    waiting.splice(0, PAGE);
    progress.textContent = "";
    more.textContent = say(waiting.length ? "more" : "before", { year: years[0] });
    more.hidden = !waiting.length && !years.length;
  };

  const begin = () => {
    const query = field.value.trim();
    if (query === (current.query ?? "")) return;
    const years = (query && search.dataset.years.match(/\d+/g)) || [];
    current = { query, terms: fold(query).split(/\s+/).filter(Boolean), years, waiting: [], n: 0 };
    lines.replaceChildren();
    further(current);
    // Comes last: a browser may refuse it to those who type fast.
    history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
  };

  field.value ||= new URLSearchParams(location.search).get("q");
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(begin, 150);
  });
  more.addEventListener("click", async () => {
    const standing = lines.children.length;
    await further(current);
    (lines.children[standing]?.querySelector("a") ?? (more.hidden ? field : more)).focus();
  });
  // A page that lies on a disk may fetch nothing.
  asking.hidden = !location.host;
  slot("unscripted").hidden = !asking.hidden;
  if (location.host) begin();
}
