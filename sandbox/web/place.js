import { useEffect, useState } from './view.js';

const names = ['as', 'channel', 'thread', 'issue', 'view'];
const storageKey = 'firstline.place';

/**
 * Where this window stands: who one acts as, the conversation, the thread, the issue, and 'chat' or 'board'.
 * It lives in the address, so that it can be linked to (Jira's /browse does) and the back button works; the last
 * place is also kept for this tab, so that a bare address returns to it.
 * @returns [place, go]: `go(change)` moves, null removes; `go(change, { replace: true })` leaves no step to go back to
 */
export function usePlace() {
  const [place, setPlace] = useState(readPlace);

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
    if (hash !== location.hash) history[replace ? 'replaceState' : 'pushState'](null, '', hash);
    setPlace(next);
  }

  return [place, go];
}

function readPlace() {
  const kept = new URLSearchParams((sessionStorage.getItem(storageKey) ?? '').slice(1));
  const here = new URLSearchParams(location.hash.slice(1));
  // a link to an issue alone leaves the chat where it was
  const isWhole = here.has('channel') || here.has('as');
  return Object.fromEntries(names.map((name) => [name, here.get(name) ?? (isWhole ? null : kept.get(name))]));
}

function hashOf(place) {
  const set = names.filter((name) => place[name] !== null && place[name] !== undefined);
  return `#${new URLSearchParams(set.map((name) => [name, place[name]]))}`;
}
