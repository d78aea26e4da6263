import { Icon } from '../icons.js';
import { html } from '../view.js';
import { Avatar } from './avatar.js';
import { channelIcon } from './channel-words.js';

/** The name of a conversation, what it is about, and for the app's DM its tabs. */
export function ConversationHeader({ channel, tab, onTab, onBack }) {
  const isDm = channel.kind === 'dm';
  const sign = isDm
    ? html`<${Avatar} name=${channel.name} bot size="small" />`
    : html`<${Icon} name=${channelIcon(channel)} />`;
  return html`
    <header class="pane-header">
      <button type="button" class="icon-button back-button" aria-label="Channels" onClick=${onBack}>
        <${Icon} name="back" />
      </button>
      <h1>
        ${sign}
        <bdi class="pane-title">${channel.name}</bdi>
        ${isDm && html`<span class="app-badge">APP</span>`}
      </h1>
      <span class="topic" title=${channel.topic}>${channel.topic}</span>
    </header>
    ${
      onTab !== null &&
      html`<div class="pane-tabs" role="group" aria-label=${`Parts of ${channel.name}`}>
        ${['messages', 'home'].map(
          (name) => html`
          <button type="button" key=${name} data-tab=${name} aria-pressed=${tab === name} onClick=${() => onTab(name)}>
            ${name === 'messages' ? 'Messages' : 'Home'}
          </button>
        `,
        )}
      </div>`
    }
  `;
}
