const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const short = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

/** A Slack `ts` (epoch seconds with a fraction) as a Date. */
export function dateOf(ts) {
  return new Date(Number(ts) * 1000);
}

/** 10:42, or 10:42 AM where that is the custom. */
export function clockTime(date) {
  return clock.format(date);
}

/** Today, Yesterday, or Monday 3 March. */
export function dayName(date) {
  const today = new Date();
  if (isSameDay(date, today)) return 'Today';
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  return isSameDay(date, yesterday) ? 'Yesterday' : day.format(date);
}

/** "today at 10:42", as Slack writes the time of a last reply. */
export function dayAndTime(date) {
  const name = dayName(date);
  return `${name === 'Today' || name === 'Yesterday' ? name.toLowerCase() : name} at ${clockTime(date)}`;
}

/** Day and time in full; empty for what is no date. */
export function wholeTime(value) {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? '' : whole.format(date);
}

/** 3 Mar 2026; empty for what is no date. */
export function shortDate(value) {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? '' : short.format(date);
}

function isSameDay(one, other) {
  return one.toDateString() === other.toDateString();
}
