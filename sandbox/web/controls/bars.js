import { Icon } from '../icons.js';
import { useConnection } from '../live.js';
import { html, useEffect, useState } from '../view.js';

/** Says that the server is gone, for as long as it is. */
export function ConnectionBar() {
  if (useConnection() !== 'lost') return null;
  return html`
    <div class="bar is-warning" role="alert">
      <${Icon} name="warning" /> The sandbox does not answer. Trying to reconnect; what you have typed is kept.
    </div>
  `;
}

/** Says that the bot is away, and that nothing is lost by it. */
export function BotBar({ state }) {
  const isLost = useConnection() === 'lost';
  const wasUp = useWasUp(state);
  const words = isLost || state === 'up' ? null : botWords(state, wasUp);
  // always there: what appears together with its words is not read out
  return html`<div role="status">
    ${words !== null && html`<div class="bar"><span class="bar-dots" aria-hidden="true"></span> ${words}</div>`}
  </div>`;
}

function botWords(state, wasUp) {
  if (!wasUp && state === 'starting') return 'Firstline is starting. What you write is delivered as soon as it is up.';
  return 'Firstline is restarting… Your messages will be delivered as soon as it is back.';
}

function useWasUp(state) {
  const [wasUp, setWasUp] = useState(state === 'up');
  useEffect(() => {
    if (state === 'up') setWasUp(true);
  }, [state]);
  return wasUp;
}

/** One sentence about what the page has just done by itself, or could not do. */
export function NoticeBar({ notice, onClose }) {
  return html`
    <div role="status">
      ${
        notice !== null &&
        html`<div class="bar">
          <span>${notice}</span>
          <button type="button" class="icon-button" aria-label="Close this notice" onClick=${onClose}>
            <${Icon} name="close" />
          </button>
        </div>`
      }
    </div>
  `;
}
