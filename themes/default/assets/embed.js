// A bar on a product's own pages, there while something is wrong: docs/embedding.md. The build makes a call of this
// function, with what the bar says and how it looks, and puts it at the site's root. It makes its elements one by one and
// takes its rules along as an object, so that the strictest policy of a page lets it; what fails, fails in silence.

site => {
  try {
    const { src, dataset } = document.currentScript;
    const { impact, components = '' } = dataset;
    const top = dataset.position === 'top';
    const only = components.match(/[\w-]+/g);
    const grades = ['none', 'minor', 'major', 'critical'];
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(site.style + `
      :host { all: initial !important; display: block !important; position: ${top ? 'sticky' : 'fixed'} !important; inset: ${top ? '0' : 'auto 0 0'} !important; z-index: 9999999 !important; }
      [class] { display: flex; gap: 12px; align-items: center; padding: 8px 16px; border-block: 2px solid; background: var(--tint); color: var(--text); font: medium/1.5 system-ui; }
      i { width: 24px; height: 24px; background: currentcolor; clip-path: var(--icon); }
      p { flex: 1; margin: 0; overflow-wrap: anywhere; }
      a, button { color: inherit; }
      a:first-child { font-weight: 700; }
      button { padding: 4px 8px; border: 0; background: none; font: 24px system-ui; }
    `);
    const host = document.createElement('allclear-bar');
    const shadow = host.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [sheet];

    const add = (parent, name, text = '', attributes) => {
      const made = parent.appendChild(document.createElement(name));
      made.textContent = text;
      for (const key in attributes) made.setAttribute(key, attributes[key]);
      return made;
    };
    const news = add(shadow, 'div', '', { role: 'status', lang: site.lang, dir: site.dir });

    // What was closed, for as long as the browser lets a tab remember.
    let closed = {};
    try {
      closed = sessionStorage;
    } catch {}
    let shown;
    let pause = 6e4;
    let due = 0;
    let timer;

    const show = ({ incidents, maintenance, components, overall }) => {
      if (!host.isConnected) document.body[top ? 'prepend' : 'append'](host);
      const reaches = ({ id }, own) => !only || components.some(it =>
        only.includes(it.id) && (own.includes(it.id) || it.via && it.via.incident === id));
      const found = [
        ...incidents.filter(it => it.kind === 'incident' && reaches(it, Object.keys(it.components))
          && grades.indexOf(impact) <= grades.indexOf(it.impact)),
        ...maintenance.filter(it => !impact && /in_progress|verifying/.test(it.status) && reaches(it, it.components)),
      ];
      const sign = found.map(it => it.id + it.status + it.impact).join();
      const next = sign === closed[src] ? '' : sign;
      if (shown === next) return;
      shown = next;
      news.textContent = '';
      if (!next) return;
      const bar = add(news, 'div', '', { class: found[0].impact || 'maintenance', part: 'bar' });
      add(bar, 'i');
      const text = add(bar, 'p');
      const link = (words, href) => add(text, 'a', words, { href, target: '_blank' });
      const headline = only ? site.title : overall.headline;
      link(headline, new URL('.', src));
      if (!headline.includes(found[0].title)) {
        text.append(site.dash);
        link(found[0].title, found[0].url);
      }
      add(bar, 'button', '×', { 'aria-label': site.close }).onclick = () => {
        shown = news.textContent = '';
        try {
          closed[src] = sign;
        } catch {}
      };
    };

    const beat = async () => {
      if (document.hidden) return;
      if (due < Date.now()) {
        // Not all readers at once.
        due = Date.now() + pause * (1 + Math.random() / 4);
        try {
          const answer = await fetch(new URL('status.json', src), { cache: 'no-cache' });
          show(await answer.json());
          pause = 6e4;
        } catch {
          pause = Math.min(2 * pause, 96e4);
        }
      }
      clearTimeout(timer);
      timer = setTimeout(beat, due - Date.now());
    };
    document.addEventListener('visibilitychange', beat);
    beat();
  } catch {}
}
