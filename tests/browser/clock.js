// A clock that stands still until a test moves it. START is the instant, in milliseconds, at which a page is opened.
(() => {
    const RealDate = Date;
    const settled = window.setTimeout.bind(window);
    let now = START;
    let timers = [];
    let last = 0;

    window.Date = class extends RealDate {
        constructor(...given) {
            super(...(given.length ? given : [now]));
        }
        static now() {
            return now;
        }
    };
    performance.now = () => now - START;

    const add = (run, wait, again) => {
        timers.push({id: ++last, due: now + Math.max(wait || 0, 1), run, again});
        return last;
    };
    const remove = id => void (timers = timers.filter(it => it.id !== id));
    window.setTimeout = (run, wait, ...given) => add(() => run(...given), wait, 0);
    window.setInterval = (run, wait, ...given) => add(() => run(...given), wait, Math.max(wait || 0, 1));
    window.clearTimeout = remove;
    window.clearInterval = remove;

    window.advanceClock = async seconds => {
        const end = now + seconds * 1000;
        for (;;) {
            const next = timers.filter(it => it.due <= end).sort((one, other) => one.due - other.due || one.id - other.id)[0];
            if (!next) break;
            now = next.due;
            if (next.again) next.due += next.again;
            else remove(next.id);
            next.run();
            // What a timer asked a host for arrives in real time.
            await new Promise(done => settled(done, 50));
        }
        now = end;
    };
})();
