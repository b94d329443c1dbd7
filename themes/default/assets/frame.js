// The page within a frame loads itself again when there is news: docs/embedding.md.

const { content } = document.querySelector('[name=revision]');

setInterval(async () => {
  if (document.hidden || !location.host) return;
  try {
    const answer = await fetch('status.json', { cache: 'no-cache' });
    const { revision } = await answer.json();
    if (revision !== content) location.reload();
  } catch {}
}, 6e4);
