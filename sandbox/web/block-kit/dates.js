const dayMs = 86_400_000;

/**
 * A moment by Slack's template, such as `Posted {date_short_pretty} at {time}`; tokens that do not exist stay.
 * https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 *
 * @param {number} seconds since 1970
 * @param {Date} now
 * @returns null for what is no moment
 */
export function formatDate(seconds, template, now = new Date()) {
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return null;
  return template.replaceAll(/\{(\w+)\}/g, (written, token) =>
    Object.hasOwn(tokens, token) ? tokens[token](date, now) : written,
  );
}

const tokens = {
  date_num: (date) => `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`,
  date_slash: (date) => show(date, { day: '2-digit', month: '2-digit', year: 'numeric' }),
  date: (date) => show(date, { month: 'long', day: 'numeric' }),
  date_short: (date) => show(date, { month: 'short', day: 'numeric', year: 'numeric' }),
  date_long: (date) => show(date, { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' }),
  date_long_full: (date) => show(date, { month: 'long', day: 'numeric', year: 'numeric' }),
  date_pretty: (date, now) => nearDay(date, now) ?? tokens.date(date),
  date_short_pretty: (date, now) => nearDay(date, now) ?? tokens.date_short(date),
  date_long_pretty: (date, now) => nearDay(date, now) ?? tokens.date_long(date),
  day_divider_pretty: (date, now) => {
    const isThisYear = date.getFullYear() === now.getFullYear();
    const short = () => show(date, { weekday: 'long', month: 'long', day: 'numeric' });
    return nearDay(date, now) ?? (isThisYear ? short() : tokens.date_long(date));
  },
  time: (date) => show(date, { hour: 'numeric', minute: '2-digit' }),
  time_secs: (date) => show(date, { hour: 'numeric', minute: '2-digit', second: '2-digit' }),
  ago,
};

function show(date, look) {
  return new Intl.DateTimeFormat(undefined, look).format(date);
}

function twoDigits(number) {
  return String(number).padStart(2, '0');
}

/** today, yesterday, tomorrow, or null. */
function nearDay(date, now) {
  const start = (moment) => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
  const days = Math.round((start(date) - start(now)) / dayMs);
  return { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' }[days] ?? null;
}

const spans = [
  ['day', dayMs],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

function ago(date, now) {
  const passed = date.getTime() - now.getTime();
  const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  const span = spans.find(([, ms]) => Math.abs(passed) >= ms);
  return span === undefined ? 'just now' : relative.format(Math.trunc(passed / span[1]), span[0]);
}
