import { Icon } from '../icons.js';
import { html } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { AppSwitch } from './app-switch.js';
import { Avatar, initialsOf } from './avatar.js';
import { channelIcon } from './channel-words.js';
import { PersonSwitch } from './person-switch.js';

const mostCounted = 99;

/**
 * The workspace: the chat app, who one acts as, the channels and the direct messages with their unread marks.
 * @param {boolean} hasTeams whether there is another chat app than Slack
 */
export function Sidebar({ company, people, channels, current, as, platform, hasTeams, onApp, onPerson, onChannel }) {
  const direct = channels.filter(isDirect);
  const open = channels.filter((channel) => !isDirect(channel));
  const list = (title, items) => html`
    <h2 class="sidebar-title">${title}</h2>
    <ul class="channel-list" aria-label=${title}>
      ${items.map(
        (channel) => html`<li key=${channel.id}>
          <${ChannelButton} channel=${channel} isCurrent=${channel.id === current} onChannel=${onChannel} />
        </li>`,
      )}
    </ul>
  `;
  return html`
    <nav class="sidebar" aria-label="Workspace">
      ${hasTeams && html`<${AppSwitch} platform=${platform} as=${as} onApp=${onApp} />`}
      <div class="workspace-name"><span class="workspace-sign" aria-hidden="true">${initialsOf(company.name)}</span><bdi>${company.name}</bdi></div>
      <${PersonSwitch} people=${people} as=${as} onPerson=${onPerson} />
      <div class="sidebar-lists">
        ${channels.length === 0 && html`<p class="sidebar-loading" role="status">Loading channels…</p>`}
        ${platform === 'teams' && direct.length > 0 && list('Chat', direct)}
        ${open.length > 0 && list(platform === 'teams' ? 'Teams and channels' : 'Channels', open)}
        ${platform === 'slack' && direct.length > 0 && list('Direct messages', direct)}
      </div>
    </nav>
  `;
}

function isDirect({ kind }) {
  return kind === 'dm' || kind === 'group';
}

function ChannelButton({ channel, isCurrent, onChannel }) {
  const { id, name, kind } = channel;
  // what is open is being read: its count is from before it was opened
  const unread = isCurrent ? 0 : channel.unread;
  const sign =
    kind === 'dm'
      ? html`<span class="presence-frame"><${Avatar} name=${name} bot size="small" /><${Presence} /></span>`
      : html`<${Icon} name=${channelIcon(channel)} />`;
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
      <bdi class="channel-button-name">${name}</bdi>
      ${unread > 0 && html`<span class="unread">${unread > mostCounted ? `${mostCounted}+` : unread}<span class="out-of-sight"> unread</span></span>`}
    </button>
  `;
}

/** Whether the app's process runs. */
function Presence() {
  const { botState = 'up' } = useWorkspace();
  const isUp = botState === 'up';
  return html`<i class=${isUp ? 'presence is-up' : 'presence'}></i><span class="out-of-sight">${isUp ? 'active' : 'away'}</span>`;
}
