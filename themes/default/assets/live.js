// What this adds to a page: docs/themes.md.

const { lang, dir } = document.documentElement;
const page = document.currentScript.dataset;
const MINUTE = 60e3;
const PITCH = 6;

const one = (selector, within = document) => within.querySelector(selector);
const all = selector => [...document.querySelectorAll(selector)];
const put = (element, text) => element.textContent === text || (element.textContent = text);
const fill = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);

function clockIn(timeZone) {
  const format = new Intl.DateTimeFormat(`${lang}-u-ca-gregory-hc-h23-nu-latn`, {
    timeZone, year: 'numeric', month: 'long', day: 'numeric',
    hour: '2-digit', minute: '2-digit', timeZoneName: 'short',
  });
  return at => Object.fromEntries(format.formatToParts(at).map(it => [it.type, it.value]));
}

const utc = clockIn('UTC');
const mine = clockIn();
let memory = {};
try {
  memory = localStorage ?? memory;
} catch {}
let shown = memory.utc ? utc : mine;

function tellTime(time) {
  const at = new Date(time.dateTime);
  const here = shown(at);
  const there = utc(at);
  const same = here.hour + here.minute === there.hour + there.minute;
  const other = same ? '' : ` (${fill(here.day === there.day ? page.clock : page.long, there)})`;
  time.textContent = fill(page.long, here) + (time.closest('[data-utc]') ? other : '');
  time.title = other;
}

// How far the reader's clock lags.
let skew = 0;
const now = () => Date.now() + skew;

// "44 min", "2 d 3 h"
function lengthSince(at) {
  const words = JSON.parse(page.lengths);
  const minutes = Math.floor((now() - at) / MINUTE);
  const units = { days: minutes / 1440, hours: minutes / 60 % 24, minutes: minutes < 1440 && minutes % 60 };
  const [great, small] = Object.keys(units).filter(it => 1 <= units[it]).map(it => {
    const n = Math.floor(units[it]);
    return fill(words[it + '.' + new Intl.PluralRules(lang).select(n)] ?? words[it + '.other'], { n });
  });
  return small ? fill(words.two, { great, small }) : great ?? words.under_a_minute;
}

function tellAge(element) {
  const { since, words } = element.dataset;
  put(element, fill(words, { length: lengthSince(new Date(since)) }));
}

function turn(element) {
  const turns = JSON.parse(element.dataset.turns);
  const { at, key, word } = turns.findLast(it => new Date(it.at) <= now()) ?? {};
  const said = one('.word', element);
  if (!key || said.textContent === word) return;
  element.classList.replace(element.classList[1], key);
  one('use', element).setAttribute('href', '#icon-' + key);
  said.textContent = word;
  turned ||= new Date(at);
  if (element.matches('.banner')) announce(word);
}

let status = {};
let heard = Date.now();
let failures = 0;
let turned;
let due = 0;

const announce = state => one('#news').textContent = fill(page.now, { state });
const calm = () => one('.banner.operational');
const revision = within => one('[name=revision]', within)?.content;

function tellFreshness() {
  const built = new Date(status.generated_at);
  // What the clock alone has changed was to be built anew.
  const patience = turned ? 5 : calm() ? 26 * 60 : 15;
  let text = '';
  if (status.revision && patience * MINUTE < now() - (turned || built)) text = fill(page.old, { length: lengthSince(built) });
  if (1 < failures) text = fill(page.silent, { time: fill(page.clock, shown(heard)) });
  put(one('#freshness'), text);
}

async function get(address) {
  const response = await fetch(address, { cache: 'no-cache', signal: AbortSignal.timeout(3e4) });
  if (!response.ok) throw response;
  return response;
}

async function ask() {
  due = Infinity;
  try {
    const response = await get(page.root + 'status.json');
    status = { ...await response.json() };
    const { headers } = response;
    if (!+headers.get('Age')) skew = Date.parse(headers.get('Date')) - Date.now() || skew;
    if (status.revision !== revision()) await exchange();
    heard = Date.now();
    failures = 0;
  } catch {
    failures++;
  }
  const pause = Math.min(15, (calm() ? 5 : 1) * 2 ** failures) * MINUTE;
  const change = new Date(status.next_change) - now();
  // Not all readers at once.
  due = Date.now() + (0 < change ? Math.min(pause, change + 5e3 + Math.random() * 2e4) : pause);
}

async function exchange() {
  const response = await get('');
  const next = new DOMParser().parseFromString(await response.text(), 'text/html');
  if (!one('#main', next) || revision(next) === revision()) return;
  const top = element => element.getBoundingClientRect().top;
  const seen = scrollY ? document.elementFromPoint(innerWidth / 2, innerHeight / 2) : document.body;
  const height = top(seen);
  const again = place(seen);
  const focused = one('#main').contains(document.activeElement) && place(document.activeElement);
  // What the reader opened or closed.
  const moved = all('#main details').filter(it => it.open !== it.served).map(it => [place(it), it.open]);
  for (const part of ['title', '[name=revision]', '[rel=icon]', '#main', '#built']) {
    one(part)?.replaceWith(one(part, next) ?? '');
  }
  turned = 0;
  dress();
  for (const [find, open] of moved) Object.assign(find() ?? {}, { open });
  if (focused) (focused() ?? one('#main')).focus({ preventScroll: true });
  if (again()) scrollBy(0, top(again()) - height);
  announce(document.title);
}

// The like of an element, after an exchange.
function place(element) {
  const sign = it => it.localName + it.id + it.getAttribute('href') + it.closest('[data-key]')?.dataset.key;
  const alike = () => all('#main ' + element.localName).filter(it => sign(it) === sign(element));
  const index = alike().indexOf(element);
  return () => alike()[index];
}

const told = document.createElement('p');
told.className = 'told';

function addSlider(bars) {
  const last = Math.floor(bars.viewBox.baseVal.width / PITCH);
  const slider = document.createElement('input');
  Object.assign(slider, { type: 'range', className: 'slider', max: last, value: last, ariaLabel: bars.ariaLabel });
  bars.ariaHidden = true;
  bars.after(slider);
  slider.oninput = slider.onfocus = () => {
    told.textContent = slider.ariaValueText = tellDay(bars, slider);
    slider.after(told);
  };
  slider.onpointermove = event => {
    const along = event.offsetX / slider.offsetWidth;
    slider.value = last * (dir === 'rtl' ? 1 - along : along);
    slider.oninput();
  };
  slider.onblur = slider.onmouseleave = () => told.remove();
  slider.oninput();
  told.remove();
}

function tellDay(bars, { value, max }) {
  const days = bars.closest('.days');
  const day = new Date(new Date(days.dataset.today) - (max - value) * 1440 * MINUTE);
  const listed = one(`[datetime="${day.toJSON().slice(0, 10)}"] + ul`, days);
  const state = [...bars.children].find(it => holds(it, value * PITCH));
  return fill(page.day, utc(day)) + (listed ?? one(`.legend .${state.classList}`)).textContent.trim();
}

// Whether a path has a bar that begins so far from its start: bars that follow each other are one line.
const holds = (path, x) =>
  [...path.getAttribute('d').matchAll(/M(\d+) \d+h(\d+)/g)].some(([, from, length]) => from <= x && x < +from + +length);

function dress() {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  Object.assign(one('#clock'), { hidden: timeZone === 'UTC', ariaPressed: shown === utc });
  const zone = shown === utc ? 'UTC' : timeZone;
  one('#zone').textContent = zone === page.zone ? page.all : fill(page.zones, { zone });
  // Lists by day, tables and charts stay in the zone of the site.
  all('time[datetime*=T]:not(.dated *,table *)').forEach(tellTime);
  all('#main details').forEach(it => it.served ??= it.open);
  beat();
  all('.bars:not([aria-hidden])').forEach(addSlider);
}

function beat() {
  if (page.still) return;
  all('[data-since]').forEach(tellAge);
  all('[data-turns]').forEach(turn);
  tellFreshness();
  // What is being selected is not taken away, for two minutes.
  const patience = getSelection().isCollapsed ? 0 : 2 * MINUTE;
  if (location.host && due + patience < Date.now() && revision() && !document.hidden) ask();
}

one('#clock').onclick = () => {
  shown = shown === utc ? mine : utc;
  memory.utc = shown === utc ? 'yes' : '';
  dress();
};
document.onkeydown = event => {
  event.key === 'Escape' && told.remove();
};

dress();
setInterval(beat, 1e3);
