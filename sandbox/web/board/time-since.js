const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
// the reader's own way to write a date, as everywhere on the page
const sameYear = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
});
const otherYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

/**
 * "5 minutes ago" up to a week, as Jira writes it; then the date.
 * @param {number} at epoch milliseconds
 * @param {number} now epoch milliseconds; a clock that is somewhat behind counts as the same moment
 */
export function timeSince(at, now) {
  const ms = now - at;
  if (ms < minuteMs) return ms > -minuteMs ? 'just now' : dateOf(at, now);
  if (ms < hourMs) return words.format(-Math.floor(ms / minuteMs), 'minute');
  if (ms < dayMs) return words.format(-Math.floor(ms / hourMs), 'hour');
  if (ms < 7 * dayMs) return words.format(-Math.floor(ms / dayMs), 'day');
  return dateOf(at, now);
}

function dateOf(at, now) {
  const isSameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (isSameYear ? sameYear : otherYear).format(at);
}
