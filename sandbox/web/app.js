import { get, pathTo } from './api.js';
import { Board } from './board/board.js';
import { Issue } from './board/issue.js';
import { Conversation } from './chat/conversation.js';
import { Sidebar } from './chat/sidebar.js';
import { Thread } from './chat/thread.js';
import { Article } from './knowledge/article.js';
import { ConnectionBar, NoticeBar } from './controls/bars.js';
import { TopBar } from './controls/top-bar.js';
import { issueKeyOf, messagePlaceOf } from './links.js';
import { usePlace } from './place.js';
import { useQuery } from './query.js';
import { html, useEffect, useMemo, useState } from './view.js';
import { Workspace } from './workspace.js';

/** The whole page: loads who is who, then shows the place that the address names. */
export function App() {
  const { data: boot, error } = useQuery('/api/bootstrap', ({ type }) => type === 'bot');
  if (boot !== undefined) return html`<${Desk} boot=${boot} />`;
  return html`
    <${ConnectionBar} />
    <p class="starting" role="status">${error ?? 'Opening the sandbox…'}</p>
  `;
}

function Desk({ boot }) {
  const [place, go] = usePlace();
  const [notice, setNotice] = useState(null);
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [article, setArticle] = useState(null);
  const [isThreadFocused, setThreadFocused] = useState(false);
  const people = useMemo(() => new Map(boot.people.map((person) => [person.slackId, person])), [boot.people]);
  const as = people.has(place.as) ? place.as : boot.people[0].slackId;
  const { data: channels } = useQuery(
    pathTo('/api/chat/channels', { as }),
    ({ type }) => type === 'message' || type === 'read',
  );
  const asked = channels?.find(({ id }) => id === place.channel);
  const channel = asked ?? channels?.find(({ kind }) => kind === 'dm');
  const thread = channel?.id === place.channel ? place.thread : null;
  const view = place.view === 'board' ? 'board' : 'chat';

  useEffect(() => {
    // a link from outside names a conversation, not who can see it
    if (channels !== undefined && place.channel !== null && asked === undefined) openMessage(place);
  }, [channels === undefined, place.channel, as]);

  function openHere(url) {
    const key = issueKeyOf(url, boot.jira.url);
    if (key !== null) go({ issue: key, view: 'board' });
    const isArticle = boot.articles.includes(url);
    if (isArticle) setArticle(url);
    const message = key === null && !isArticle ? messagePlaceOf(url) : null;
    if (message !== null) openMessage(message);
    return key !== null || isArticle || message !== null;
  }

  /** A DM can be seen by one person only: following a link into it means to act as that person. */
  async function openMessage({ channel: id, thread: ts }) {
    const { people: members } = await get(pathTo('/api/chat/members', { channel: id }));
    const reader = members.includes(as) ? as : members[0];
    if (reader === undefined) {
      setNotice('That conversation is no longer there.');
      return go({ channel: null, thread: null }, { replace: true });
    }
    if (reader !== as) setNotice(`You now act as ${people.get(reader).name}, whose conversation this is.`);
    setMenuOpen(false);
    go({ as: reader, channel: id, thread: ts, view: 'chat' });
  }

  function openThread(ts, { focused }) {
    setThreadFocused(focused);
    go({ as, channel: channel.id, thread: ts });
  }

  /** Stays in the channel if the other person sees it too; a DM is everybody's own. */
  async function switchPerson(id) {
    const { people: members } = await get(pathTo('/api/chat/members', { channel: channel.id }));
    const stays = members.includes(id);
    go({ as: id, channel: stays ? channel.id : null, thread: null });
  }

  function showChannel(id) {
    setMenuOpen(false);
    go({ as, channel: id, thread: null });
  }

  const known = {
    people,
    channels: new Map((channels ?? []).map((item) => [item.id, item])),
    bot: boot.bot,
    as,
    openHere,
  };
  return html`
    <${Workspace.Provider} value=${known}>
      <${TopBar} boot=${boot} view=${view} onView=${(name) => go({ view: name })} />
      <${ConnectionBar} />
      <${NoticeBar} notice=${notice} onClose=${() => setNotice(null)} />
      <div class="desk" data-view=${view} data-thread=${thread !== null} data-menu=${isMenuOpen}>
        <${Sidebar}
          company=${boot.company}
          people=${boot.people}
          channels=${channels ?? []}
          current=${channel?.id}
          as=${as}
          onPerson=${switchPerson}
          onChannel=${showChannel}
        />
        <main class="chat">
          ${
            channel &&
            html`<${Conversation} channel=${channel} onOpenThread=${openThread} onBack=${() => setMenuOpen(true)} />`
          }
          ${
            channel &&
            thread !== null &&
            html`<${Thread} channel=${channel} ts=${thread} focused=${isThreadFocused} onClose=${() => go({ thread: null })} />`
          }
        </main>
        <section class="board" aria-label="Jira board">
          ${
            place.issue
              ? html`<${Issue} issueKey=${place.issue} onClose=${() => go({ issue: null })} />`
              : html`<${Board} projectKey=${boot.jira.projectKey} onIssue=${(key) => go({ issue: key })} />`
          }
        </section>
      </div>
      ${article !== null && html`<${Article} url=${article} onClose=${() => setArticle(null)} />`}
    <//>
  `;
}
