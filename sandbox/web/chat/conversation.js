import { post } from '../api.js';
import { html, useRef, useState } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { AppHome } from './app-home.js';
import { Composer } from './composer.js';
import { ConversationHeader } from './conversation-header.js';
import { MessagePane } from './message-pane.js';

/** A channel or a DM: its messages and the composer. One's own question to the bot opens its thread at once. */
export function Conversation({ channel, onOpenThread, onBack }) {
  const { as, bot, app } = useWorkspace();
  const [tabOf, setTab] = useState({ place: null, tab: 'messages' });
  const editLast = useRef(null);
  const isDm = channel.kind === 'dm';
  const place = `${as} ${channel.id}`;
  const hasHome = isDm && app?.homeTab === true;
  const tab = hasHome && tabOf.place === place ? tabOf.tab : 'messages';
  const title = isDm ? channel.name : `#${channel.name}`;

  async function say(text, files) {
    const { ts } = await post('/api/chat/say', { as, channel: channel.id, text, files });
    const isForBot = isDm || text.toLowerCase().includes(`@${bot.name.toLowerCase()}`);
    // the next question is typed where this one was
    if (isForBot) onOpenThread(ts, { focused: false });
  }
  function open(next) {
    setTab({ place, tab: next });
    // the app may want to know; when it cannot be told, the tab opens all the same
    post('/api/view/open-app', { as, tab: next }).catch(() => undefined);
  }

  return html`
    <section class="pane conversation" aria-label=${`Conversation ${title}`}>
      <${ConversationHeader} channel=${channel} onBack=${onBack} tab=${tab} onTab=${hasHome ? open : null} />
      ${
        tab === 'home'
          ? html`<${AppHome} as=${as} />`
          : html`
              <${MessagePane}
                channel=${channel}
                editLast=${editLast}
                onSay=${say}
                onOpenThread=${(ts) => onOpenThread(ts, { focused: true })}
              />
              <${Composer}
                draftKey=${`${as}.${channel.id}`}
                channel=${channel}
                label=${`Message ${title}`}
                placeholder=${isDm ? `Ask ${channel.name} anything about IT` : `Message ${title}`}
                focused
                onSend=${say}
                onEditLast=${() => editLast.current?.()}
              />
            `
      }
    </section>
  `;
}
