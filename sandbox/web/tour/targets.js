/** What is pointed at for each outcome; null while it is not on the page. */
export function targetOf({ kind, key }, { ts, isArticle }) {
  if (kind === 'ticket') return cardOf(key) ?? linkIn(ts, (href) => href.endsWith(`/browse/${key}`));
  if (kind === 'answered') {
    const link = linkIn(ts, isArticle);
    // the whole line: a ring around a link that breaks would fall apart
    return link?.closest('.kit-section') ?? link;
  }
  if (kind === 'suggested') return buttonIn(ts) ?? linkIn(ts, isArticle);
  return replyIn(ts);
}

function cardOf(key) {
  const card = document.querySelector(`.board [data-issue="${key}"]`);
  return card?.checkVisibility() ? card : null;
}

/** The thread that begins with this message, if it is the one that is open. */
function threadOf(ts) {
  const first = document.querySelector(`.thread .message[data-ts="${ts}"]`);
  return first?.closest('.thread') ?? null;
}

/** The last one: the source stands below what is quoted. */
function linkIn(ts, isWanted) {
  const links = threadOf(ts)?.querySelectorAll('.message[data-bot="true"] a[href]') ?? [];
  return [...links].findLast(({ href }) => isWanted(href)) ?? null;
}

function buttonIn(ts) {
  const buttons = threadOf(ts)?.querySelectorAll('.message[data-bot="true"] button') ?? [];
  return [...buttons].find((button) => button.textContent.trim() === 'Get a human') ?? null;
}

function replyIn(ts) {
  return [...(threadOf(ts)?.querySelectorAll('.message[data-bot="true"]') ?? [])].at(-1) ?? null;
}
