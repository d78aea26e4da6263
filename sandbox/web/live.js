import { useEffect, useState } from './view.js';

const reconnectMs = 1000;
const listeners = new Set();
let connection = 'connecting';

/**
 * Listens to changes: the server's (`message`, `status`, `issue`, `bot`) and the page's own (`read`: a conversation
 * was read; `connection`: the connection came or went; `connected`: the server's are heard from now on, and anything may
 * have changed before).
 * @returns a function that stops listening
 */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells every part of this page of a change. */
export function announce(change) {
  for (const listener of listeners) listener(change);
}

/** Opens the stream of changes, and opens it again for as long as the page is there. */
export function connect() {
  const source = new EventSource('/api/events');
  source.onopen = () => {
    setConnection('up');
    // also the first time: what came after a part of the page was fetched, and before this, would never be seen
    announce({ type: 'connected' });
  };
  source.onmessage = ({ data }) => announce(JSON.parse(data));
  source.onerror = () => {
    setConnection('lost');
    // the browser tries again by itself unless the server answered with an error
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, reconnectMs);
  };
}

/** 'connecting', 'up' or 'lost'. */
export function useConnection() {
  const [state, setState] = useState(connection);
  useEffect(() => onChange((change) => change.type === 'connection' && setState(connection)), []);
  return state;
}

function setConnection(state) {
  if (state === connection) return;
  connection = state;
  announce({ type: 'connection' });
}
