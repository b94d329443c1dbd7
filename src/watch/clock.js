// Lets the page tell the time of the preview: `allclear watch` adds it where its clock is not the reader's.
"use strict";
((from, speed, until) => {
  const Real = Date;
  const since = Real.now();
  const now = () => Math.min(from + (Real.now() - since) * speed, until);
  window.Date = class extends Real {
    constructor(...given) {
      super(...(given.length ? given : [now()]));
    }
    static now() {
      return now();
    }
  };
})(FROM, SPEED, UNTIL);
