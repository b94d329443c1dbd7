// A page is whole without this script; docs/themes.md tells what it adds and what it reads.

const { lang, dir } = document.documentElement;
const page = document.currentScript.dataset;
const MINUTE = 60e3;
const PITCH = 6;

const one = (selector, within = document) => within.querySelector(selector);
const all = selector => [...document.querySelectorAll(selector)];
const fill = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);

function clockIn(timeZone) {
  const format = new Intl.DateTimeFormat(`${lang}-u-ca-gregory-nu-latn`, {
    timeZone, year: 'numeric', month: 'long', day: 'numeric',
    hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short',
  });
  return at => Object.fromEntries(format.formatToParts(at).map(it => [it.type, it.value]));
}

const utc = clockIn('UTC');
const mine = clockIn();
let shown = remembered() ? utc : mine;

function remembered(...value) {
  try {
    return value.length ? localStorage.utc = value : localStorage.utc;
  } catch {}
}

function tellTime(time) {
  const at = new Date(time.dateTime);
  const [here, there] = [shown(at), utc(at)];
  const same = here.hour + here.minute === there.hour + there.minute;
  const other = same ? '' : ` (${fill(here.day === there.day ? page.clock : page.long, there)})`;
  const beside = time.closest('[data-utc]');
  time.textContent = fill(page.long, here) + (beside ? other : '');
  time.title = other;
}

const lengths = page.lengths && JSON.parse(page.lengths);
const plural = new Intl.PluralRules(lang);

// How far the reader's clock is behind the server's.
let skew = 0;
const now = () => Date.now() + skew;

// "44 min", "1 h 51 min", "2 d 3 h"
function lengthSince(at) {
  const minutes = Math.floor((now() - at) / MINUTE);
  const units = { days: minutes / 1440, hours: minutes / 60 % 24, minutes: minutes < 1440 && minutes % 60 };
  const whole = Object.entries(units).map(([unit, n]) => [unit, Math.floor(n)]).filter(([, n]) => 0 < n);
  const [great, small] = whole.map(([unit, n]) => fill(lengths[`${unit}.${plural.select(n)}`] ?? lengths[unit + '.other'], { n }));
  return small ? fill(lengths.two, { great, small }) : great ?? lengths.under_a_minute;
}

function tellAge(element) {
  const { since, words } = element.dataset;
  element.textContent = fill(words, { length: lengthSince(new Date(since)) });
}

// What the clock has made of a state since the page was built.
function turn(element) {
  const turns = JSON.parse(element.dataset.turns);
  const { key, word } = turns.findLast(it => new Date(it.at) <= now()) ?? {};
  const said = one('.word', element);
  if (!key || said.textContent === word) return;
  element.classList.replace(element.classList[1], key);
  one('use', element).setAttribute('href', '#icon-' + key);
  said.textContent = word;
  if (element.matches('.banner')) announce(word);
}

let status = {};
let heard = Date.now();
let failures = 0;
let due = 0;

const announce = state => one('#news').textContent = fill(page.now, { state });
const calm = () => one('.banner.operational');
const revision = within => one('meta[name=revision]', within)?.content;

function tellFreshness() {
  const built = new Date(status.generated_at);
  const late = new Date(status.next_change) - now() < -5 * MINUTE;
  const patience = calm() ? 26 * 60 : late ? 0 : 15;
  let text = '';
  if (patience * MINUTE < now() - built) text = fill(page.old, { length: lengthSince(built) });
  if (1 < failures) text = fill(page.silent, { time: fill(page.clock, shown(heard)) });
  one('#freshness').textContent = text;
}

async function get(address) {
  const response = await fetch(address, { cache: 'no-cache' });
  return response.ok ? response : Promise.reject();
}

async function ask() {
  due = Infinity;
  try {
    const response = await get(page.root + 'status.json');
    status = await response.json();
    const [served, age] = ['Date', 'Age'].map(it => response.headers.get(it));
    if (!+age) skew = Date.parse(served) - Date.now() || skew;
    if (status.revision !== revision()) await exchange();
    heard = Date.now();
    failures = 0;
  } catch {
    failures++;
  }
  const pause = Math.min(15, (calm() ? 5 : 1) * 2 ** failures) * MINUTE;
  const change = new Date(status.next_change) - now();
  // Not all readers ask at once, nor before the new page can be there.
  due = Date.now() + (0 < change ? Math.min(pause, change + 5e3 + Math.random() * 2e4) : pause);
}

async function exchange() {
  const response = await get(location.href);
  const next = new DOMParser().parseFromString(await response.text(), 'text/html');
  if (!one('#main', next) || revision(next) === revision()) return;
  const top = element => element.getBoundingClientRect().top;
  const seen = scrollY ? document.elementFromPoint(innerWidth / 2, innerHeight / 2) : document.body;
  const [height, again] = [top(seen), place(seen)];
  const focused = place(document.activeElement);
  const opened = all('#main details').map(it => [place(it), it.open]);
  for (const part of ['title', 'meta[name=revision]', 'link[rel=icon]', '#main', '#built']) {
    one(part)?.replaceWith(one(part, next) ?? '');
  }
  for (const [find, open] of opened) Object.assign(find() ?? {}, { open });
  dress();
  focused()?.focus({ preventScroll: true });
  if (again()) scrollBy(0, top(again()) - height);
  announce(document.title);
}

// Finds the like of an element after an exchange.
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
  Object.assign(slider, { type: 'range', className: 'day-slider', max: last, value: last, ariaLabel: bars.ariaLabel });
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
  slider.onblur = () => told.remove();
  slider.onpointerleave = event => event.pointerType === 'mouse' && told.remove();
}

function tellDay(bars, { value, max }) {
  const list = bars.closest('[data-today]');
  const day = new Date(list.dataset.today);
  day.setUTCDate(day.getUTCDate() + value - max);
  const listed = one(`li:has(> [datetime="${day.toJSON().slice(0, 10)}"]) ul`, list);
  const state = [...bars.children].find(it => it.outerHTML.includes(`M${value * PITCH} `));
  const { textContent } = listed ?? one(`.legend .${state.classList}`);
  return fill(page.day, utc(day)) + ': ' + textContent.trim();
}

function dress() {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const button = one('#clock');
  button.hidden = timeZone === 'UTC';
  button.ariaPressed = shown === utc;
  one('#zone').textContent = fill(page.zone, { zone: shown === utc ? 'UTC' : timeZone });
  all('time[datetime*=T]').forEach(tellTime);
  all('.bars:not([aria-hidden])').forEach(addSlider);
  beat();
}

function beat() {
  all('[data-since]').forEach(tellAge);
  all('[data-turns]').forEach(turn);
  tellFreshness();
  if (due < Date.now() && revision() && !document.hidden) ask();
}

one('#clock').onclick = () => {
  shown = shown === utc ? mine : utc;
  remembered(shown === utc ? 'yes' : '');
  dress();
};
document.onvisibilitychange = beat;
document.onkeydown = event => void (event.key === 'Escape' && told.remove());

dress();
setInterval(beat, 1e3);
