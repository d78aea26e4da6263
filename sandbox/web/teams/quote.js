import { pathTo } from '../api.js';
import { useQuery } from '../query.js';
import { html } from '../view.js';
import { useWorkspace } from '../workspace.js';

const maxWords = 200;

/** The message that another one quotes; a press goes to it. */
export function Quote({ channel, ts }) {
  const { me } = useWorkspace();
  const path = pathTo('/api/chat/some', { ...me, channel: channel.id, ts });
  const { data } = useQuery(path, (change) => change.type === 'message' && change.ts === ts);
  const message = data?.messages[0];
  if (data === undefined) return html`<div class="quoted"> </div>`;
  if (message === undefined || message.subtype === 'tombstone')
    return html`<div class="quoted"><span class="quoted-text">This message was deleted.</span></div>`;
  function go() {
    const row = document.querySelector(`.conversation .message[data-ts="${CSS.escape(ts)}"]`);
    row?.scrollIntoView({ block: 'center' });
    row?.focus({ preventScroll: true });
  }
  return html`
    <button type="button" class="quoted" onClick=${go}>
      <bdi class="quoted-author">${message.author.name}</bdi>
      <bdi class="quoted-text">${message.text.slice(0, maxWords)}</bdi>
      <span class="out-of-sight">. Go to this message</span>
    </button>
  `;
}
