import { useConnection } from '../live.js';
import { html } from '../view.js';

const words = { unknown: 'Bot unknown', up: 'Bot is up', starting: 'Bot is starting', down: 'Bot is down' };

/** Whether the helpdesk's process runs; unknown while the server that watches it does not answer. */
export function BotState({ state: known }) {
  const state = useConnection() === 'lost' ? 'unknown' : known;
  return html`<span class=${`bot-state is-${state}`} role="status"><i aria-hidden="true"></i>${words[state] ?? state}</span>`;
}
