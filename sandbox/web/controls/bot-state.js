import { useConnection } from '../live.js';
import { html } from '../view.js';

const words = { unknown: 'Bot unknown', up: 'Bot is up', starting: 'Bot is starting', down: 'Bot is down' };

/** Whether the helpdesk's process runs; unknown while the server that watches it does not answer. */
export function BotState({ state: known }) {
  const state = useConnection() === 'lost' ? 'unknown' : known;
  return html`
    <span class=${`bot-state is-${state}`} title=${words[state]} data-bot-state=${state}>
      <i aria-hidden="true"></i><span class="bot-state-words">${words[state] ?? state}</span>
    </span>
  `;
}
