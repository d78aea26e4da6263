import { wholeTime } from '../times.js';
import { html, useEffect, useState } from '../view.js';
import { timeSince } from './time-since.js';

const redrawMs = 30_000;

/** How long ago something was; the exact time when pointed at. It goes on with the clock. */
export function Since({ at }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), redrawMs);
    return () => clearInterval(timer);
  }, [at]);
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '–';
  return html`<time dateTime=${date.toISOString()} title=${wholeTime(at)}>${timeSince(date.getTime(), now)}</time>`;
}
