import { useEffect, useState } from './view.js';

const names = ['app', 'as', 'channel', 'thread', 'issue', 'view', 'panel', 'article', 'story'];
const storageKey = 'firstline.place';

/**
 * Where this window stands: the chat app (`app=teams`, or Slack), who one acts as, the conversation, the thread; what
 * the right panel shows (`board`, `knowledge`, `story`) with its issue, article, or message (`channel/ts`, and of Teams
 * `teams/channel/ts`); and which of both, `chat` or `panel`, is
 * seen where they do not fit beside each other.
 * It lives in the address, so that it can be linked to (Jira's /browse does) and the back button works; the last
 * place is also kept for this tab, so that a bare address returns to it.
 * @returns [place, go]: `go(change)` moves, null removes; `go(change, { replace: true })` leaves no step to go back to
 */
export function usePlace() {
  const [place, setPlace] = useState(begin);

  useEffect(() => {
    const read = () => setPlace(readPlace());
    window.addEventListener('popstate', read);
    window.addEventListener('hashchange', read);
    return () => {
      window.removeEventListener('popstate', read);
      window.removeEventListener('hashchange', read);
    };
  }, []);

  function go(change, { replace = false } = {}) {
    const next = { ...readPlace(), ...change };
    const hash = hashOf(next);
    sessionStorage.setItem(storageKey, hash);
    if (hash !== location.hash) history[replace ? 'replaceState' : 'pushState'](null, '', withHash(hash));
    setPlace(next);
  }

  return [place, go];
}

/** A bare address returns to the last place, and then names it: the step back to it leads there, wherever one is by then. */
function begin() {
  const url = new URL(location.href);
  const article = url.searchParams.get('article');
  const place = article === null ? readPlace(true) : { ...readPlace(true), article, panel: 'knowledge', view: 'panel' };
  // named once, as the pages of Notion and Confluence do it: the step back, or a reload, must not lead there again
  url.searchParams.delete('article');
  history.replaceState(null, '', `${url.pathname}${url.search}${hashOf(place)}`);
  return place;
}

function readPlace(isBeginning = false) {
  const here = new URLSearchParams(location.hash.slice(1));
  // a link to an issue alone leaves the chat where it was, and shows the issue
  const isWhole = here.has('channel') || here.has('as');
  const isIssueAlone = here.has('issue') && !isWhole && !here.has('panel');
  const isPart = !isWhole && (isBeginning || isIssueAlone);
  const kept = new URLSearchParams(isPart ? (sessionStorage.getItem(storageKey) ?? '').slice(1) : '');
  const place = Object.fromEntries(names.map((name) => [name, here.get(name) ?? kept.get(name)]));
  return isIssueAlone ? { ...place, panel: 'board', view: 'panel' } : place;
}

function hashOf(place) {
  const set = names.filter((name) => place[name] !== null && place[name] !== undefined);
  return set.length === 0 ? '' : `#${new URLSearchParams(set.map((name) => [name, place[name]]))}`;
}

function withHash(hash) {
  return `${location.pathname}${location.search}${hash}`;
}
