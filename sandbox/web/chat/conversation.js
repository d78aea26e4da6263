import { post } from '../api.js';
import { html, useEffect, useRef, useState } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { AppHome } from './app-home.js';
import { channelTitle } from './channel-words.js';
import { Composer } from './composer.js';
import { ConversationHeader } from './conversation-header.js';
import { MessagePane } from './message-pane.js';

/**
 * A channel or a chat: its messages and the composer. One's own question to the bot opens its thread at once, where
 * there are threads.
 * @param {string | null} pointed the `ts` of the message that a link has led to
 */
export function Conversation({ channel, pointed, onOpenThread, onBack }) {
  const { as, me, bot, app } = useWorkspace();
  const [tabOf, setTab] = useState({ place: null, tab: 'messages' });
  const editLast = useRef(null);
  const isDm = channel.kind === 'dm';
  const place = `${as} ${channel.id}`;
  const hasHome = isDm && app?.homeTab === true;
  const tab = hasHome && tabOf.place === place ? tabOf.tab : 'messages';
  const title = channelTitle(channel);
  const [quoted, setQuoted] = useState(null);
  useEffect(() => setQuoted(null), [place]);

  async function say(text, files) {
    const quotes = quoted === null ? {} : { quotes: quoted.ts };
    const { ts } = await post('/api/chat/say', { ...me, channel: channel.id, text, files, ...quotes });
    setQuoted(null);
    if (channel.flat) return;
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
    <section class=${channel.flat ? 'pane conversation is-flat' : 'pane conversation'} aria-label=${`Conversation ${title}`}>
      <${ConversationHeader} channel=${channel} onBack=${onBack} tab=${tab} onTab=${hasHome ? open : null} />
      ${
        tab === 'home'
          ? html`<${AppHome} as=${as} />`
          : html`
              <${MessagePane}
                channel=${channel}
                pointed=${pointed}
                onQuote=${channel.flat ? setQuoted : null}
                editLast=${editLast}
                onSay=${say}
                onOpenThread=${channel.flat ? null : (ts) => onOpenThread(ts, { focused: true })}
              />
              <${Composer}
                draftKey=${`${as}.${channel.id}`}
                channel=${channel}
                label=${`Message ${title}`}
                placeholder=${isDm ? `Ask ${channel.name} anything about IT` : `Message ${title}`}
                focused
                quoted=${quoted}
                onUnquote=${() => setQuoted(null)}
                onSend=${say}
                onEditLast=${() => editLast.current?.()}
              />
            `
      }
    </section>
  `;
}
