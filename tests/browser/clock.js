// A clock that stands still until a test moves it. START is the instant, in milliseconds, at which a page is opened.
(() => {
    const RealDate = Date;
    const settled = window.setTimeout.bind(window);
    let now = START;
    let timers = [];
    let asked = 0;
    let waiting = 0;
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

    const ask = window.fetch;
    window.fetch = (...given) => {
        asked++;
        waiting++;
        return ask(...given).finally(() => waiting--);
    };

    const add = (run, wait, again) => {
        timers.push({id: ++last, due: now + Math.max(wait || 0, 1), run, again});
        return last;
    };
    const remove = id => void (timers = timers.filter(it => it.id !== id));
    window.setTimeout = (run, wait, ...given) => add(() => run(...given), wait, 0);
    window.setInterval = (run, wait, ...given) => add(() => run(...given), wait, Math.max(wait || 0, 1));
    window.clearTimeout = remove;
    window.clearInterval = remove;

    // What is asked of a host arrives, and is read, in real time.
    const pause = () => new Promise(done => settled(done, 50));
    const settle = async () => {
        while (asked) {
            asked = 0;
            do await pause(); while (waiting);
            await pause();
        }
    };

    window.advanceClock = async seconds => {
        await settle();
        const end = now + seconds * 1000;
        for (;;) {
            const next = timers.filter(it => it.due <= end).sort((one, other) => one.due - other.due || one.id - other.id)[0];
            if (!next) break;
            now = next.due;
            if (next.again) next.due += next.again;
            else remove(next.id);
            next.run();
            await settle();
        }
        now = end;
    };
})();
