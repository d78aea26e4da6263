import { Icon } from '../icons.js';
import { html } from '../view.js';
import { Avatar } from './avatar.js';
import { PersonSwitch } from './person-switch.js';

/** The workspace: who one acts as, the channels and the direct messages with their unread marks. */
export function Sidebar({ company, people, channels, current, as, onPerson, onChannel }) {
  const direct = channels.filter(({ kind }) => kind === 'dm');
  const open = channels.filter(({ kind }) => kind !== 'dm');
  const list = (title, items) => html`
    <h2 class="sidebar-title">${title}</h2>
    <ul class="channel-list">
      ${items.map(
        (channel) => html`<li key=${channel.id}>
          <${ChannelButton} channel=${channel} isCurrent=${channel.id === current} onChannel=${onChannel} />
        </li>`,
      )}
    </ul>
  `;
  return html`
    <nav class="sidebar" aria-label="Workspace">
      <div class="workspace-name">${company.name}</div>
      <${PersonSwitch} people=${people} as=${as} onPerson=${onPerson} />
      <div class="sidebar-lists">
        ${list('Channels', open)} ${list('Direct messages', direct)}
      </div>
    </nav>
  `;
}

function ChannelButton({ channel, isCurrent, onChannel }) {
  const { id, name, kind } = channel;
  // what is open is being read: its count is from before it was opened
  const unread = isCurrent ? 0 : channel.unread;
  const sign =
    kind === 'dm'
      ? html`<${Avatar} name=${name} bot size="small" />`
      : html`<${Icon} name=${kind === 'private' ? 'lock' : 'hash'} />`;
  return html`
    <button
      type="button"
      class=${unread > 0 ? 'channel-button is-unread' : 'channel-button'}
      aria-current=${isCurrent ? 'page' : undefined}
      data-channel=${id}
      data-kind=${kind}
      onClick=${() => onChannel(id)}
    >
      ${sign}
      <span class="channel-button-name">${name}</span>
      ${unread > 0 && html`<span class="unread">${unread}<span class="out-of-sight"> unread</span></span>`}
    </button>
  `;
}
