// Follows changes of the preview and shows what is wrong with the files. `allclear watch` adds it to pages as it
// answers; nothing that is built or published has it.
"use strict";
(() => {
  const [server, first] = new URL(document.currentScript.src).search.slice(1).split("-").map(Number);
  let generation = first;
  const PLACE = "allclear place";
  let hidden;

  // A page that nobody looks at does not listen: browsers hold few connections to one address. Shown again, it hears
  // what it has missed.
  let stream;
  const listen = () => {
    stream?.close();
    if (document.hidden) return;
    stream = new EventSource("/@allclear/changes");
    stream.onmessage = hear;
  };

  const hear = ({ data }) => {
    const news = JSON.parse(data);
    show(news.problems);
    if (news.server === server && news.generation === generation) return;
    const missed = news.server !== server || news.generation !== generation + 1;
    generation = news.generation;
    if (missed || news.changed === "pages") reload();
    else if (news.changed === "styles") restyle();
  };

  // A style sheet takes its old one's place once it is there, so that the page is never without.
  const restyle = () => {
    for (const old of document.querySelectorAll("link[rel=stylesheet]")) {
      const address = new URL(old.href);
      address.search = generation;
      const link = Object.assign(old.cloneNode(), { href: address.href });
      link.onload = link.onerror = () => old.remove();
      old.after(link);
    }
  };

  // How an element is found again in the next version of the page.
  const way = (element) => {
    if (!element || element === document.body) return "body";
    if (element.id) return `#${CSS.escape(element.id)}`;
    const place = [...element.parentNode.children].indexOf(element) + 1;
    return `${way(element.parentElement)} > :nth-child(${place})`;
  };

  const reload = () => {
    const place = {
      page: location.href,
      scroll: [scrollX, scrollY],
      focus: way(document.activeElement),
      open: [...document.querySelectorAll("details")].map((it) => [way(it), it.open]),
    };
    sessionStorage.setItem(PLACE, JSON.stringify(place));
    location.reload();
  };

  const restore = () => {
    const place = JSON.parse(sessionStorage.getItem(PLACE) || "{}");
    sessionStorage.removeItem(PLACE);
    if (place.page !== location.href) return;
    for (const [element, open] of place.open) {
      const found = document.querySelector(element);
      if (found instanceof HTMLDetailsElement) found.open = open;
    }
    if (place.focus !== "body") document.querySelector(place.focus)?.focus({ preventScroll: true });
    scrollTo(...place.scroll);
  };

  const STYLE = `
    :host { position: fixed; inset: auto 0 0; z-index: 2147483647; }
    section { background: #1b1b1f; color: #f4f4f6; border-top: 4px solid #e5484d; max-height: 60vh; overflow: auto;
      padding: 12px 16px; font: 14px/1.5 system-ui, sans-serif; }
    h2 { font-size: 16px; margin: 0 0 8px; }
    pre { margin: 0; overflow: auto; font: 13px/1.45 ui-monospace, monospace; }
    button { float: right; font: inherit; color: inherit; background: none; border: 1px solid; border-radius: 4px;
      padding: 4px 12px; cursor: pointer; }
    button:focus-visible { outline: 2px solid #f4f4f6; outline-offset: 2px; }
    [hidden] { display: none; }
  `;

  const part = (name, text) => Object.assign(document.createElement(name), { textContent: text });

  const overlay = (() => {
    const host = document.createElement("div");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const section = part("section", "");
    section.setAttribute("role", "alert");
    const [title, text, button] = [part("h2", "The files have errors"), part("pre", ""), part("button", "Hide")];
    text.tabIndex = 0;
    section.append(button, title, text);
    root.append(section);
    button.onclick = () => {
      hidden = text.textContent;
      section.hidden = true;
    };
    return { host, section, text };
  })();

  const show = (problems) => {
    if (!problems) return overlay.host.remove();
    overlay.text.textContent = problems;
    overlay.section.hidden = problems === hidden;
    if (!overlay.host.isConnected) document.body.append(overlay.host);
  };

  restore();
  document.addEventListener("visibilitychange", listen);
  listen();
})();
