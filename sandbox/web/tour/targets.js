/** What is pointed at for each outcome; null while it is not on the page. */
export function targetOf({ kind, key }, { ts, isArticle }) {
  if (kind === 'ticket') return cardOf(key) ?? linkIn(ts, (href) => href.endsWith(`/browse/${key}`));
  if (kind === 'answered') {
    const link = linkIn(ts, isArticle);
    // the whole line: a ring around a link that breaks would fall apart
    return link?.closest('.kit-section, .ac-textBlock') ?? link;
  }
  if (kind === 'suggested') return buttonIn(ts) ?? linkIn(ts, isArticle);
  return replyIn(ts);
}

function cardOf(key) {
  const card = document.querySelector(`.board [data-issue="${key}"]`);
  return card?.checkVisibility() ? card : null;
}

/** What the app said in the thread that begins with this message, if it is open, or below it where there are no threads. */
function saidAfter(ts) {
  const first = document.querySelector(`:is(.thread, .is-flat) .message[data-ts="${ts}"]`);
  const all = [...(first?.closest('.pane').querySelectorAll('.message') ?? [])];
  return all.slice(all.indexOf(first)).filter(({ dataset }) => dataset.bot === 'true');
}

/** The last one: the source stands below what is quoted. */
function linkIn(ts, isWanted) {
  const links = saidAfter(ts).flatMap((message) => [...message.querySelectorAll('a[href]')]);
  return links.findLast(({ href }) => isWanted(href)) ?? null;
}

function buttonIn(ts) {
  const buttons = saidAfter(ts).flatMap((message) => [...message.querySelectorAll('button')]);
  return buttons.find((button) => button.textContent.trim() === 'Get a human') ?? null;
}

function replyIn(ts) {
  return saidAfter(ts).at(-1) ?? null;
}
