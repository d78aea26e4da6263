import { html, useEffect, useRef, useState } from '../view.js';

const maxWords = 300;

/** Reads new messages of others aloud to who listens instead of looking; says nothing of what was there before. */
export function Announcer({ place, messages, as }) {
  const [words, setWords] = useState('');
  const seen = useRef({ place: null, ts: 0 });

  useEffect(() => {
    if (messages === undefined) return;
    const newest = messages.at(-1);
    const { place: lastPlace, ts } = seen.current;
    seen.current = { place, ts: Number(newest?.ts ?? 0) };
    if (lastPlace !== place || newest === undefined || Number(newest.ts) <= ts || newest.author.id === as) return;
    setWords(`${newest.author.name}: ${newest.text.slice(0, maxWords)}`);
  }, [place, messages]);

  return html`<div class="out-of-sight" aria-live="polite">${words}</div>`;
}
