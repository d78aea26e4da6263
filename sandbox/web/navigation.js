import { get, pathTo } from './api.js';
import { wishColumn } from './board/remembered.js';
import { articleTest, issueKeyOf, messagePlaceOf } from './links.js';
import { useQuery } from './query.js';
import { useEffect, useMemo, useState } from './view.js';

/** The panel shows one of these. */
export const panels = ['board', 'knowledge', 'story'];

/** How a request about the chat says who acts, and in which app; Slack is meant where none is named. */
export function meIn(platform, as) {
  return platform === 'teams' ? { app: 'teams', as } : { as };
}

/**
 * Where one is and all the ways to somewhere else.
 * @returns `platform` and `me`, as of the workspace; what is shown (`as`, `channel`, `channels`, `people`, `thread`, `view`, `panel`), the ways (`open…`,
 * `show…`, `switchPerson`), and `notice`, a sentence about what the page did by itself or could not do
 */
export function useNavigation({ boot, place, go }) {
  const [notice, setNotice] = useState(null);
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [isThreadFocused, setThreadFocused] = useState(false);
  const people = useMemo(() => new Map(boot.people.map((person) => [person.slackId, person])), [boot.people]);
  const as = people.has(place.as) ? place.as : boot.people[0].slackId;
  const platform = place.app === 'teams' && boot.teams ? 'teams' : 'slack';
  const me = useMemo(() => meIn(platform, as), [platform, as]);
  const { data } = useQuery(pathTo('/api/chat/channels', me), ({ type }) => type === 'message' || type === 'read');
  const channels = useMemo(() => data?.map((channel) => ({ ...channel, platform })), [data]);
  const asked = channels?.find(({ id }) => id === place.channel);
  const channel = asked ?? channels?.find(({ kind }) => kind === 'dm');

  useEffect(() => {
    // a link from outside names a conversation, not who can see it
    if (channels !== undefined && place.channel !== null && asked === undefined) openMessage(place);
  }, [channels === undefined, place.channel, as, platform]);

  /** @returns the people who see a channel, or null with a notice when that cannot be found out now */
  async function membersOf(id, where = platform) {
    try {
      const { as: _anybody, ...app } = meIn(where, as);
      return (await get(pathTo('/api/chat/members', { ...app, channel: id }))).people;
    } catch (error) {
      setNotice(error.message);
      return null;
    }
  }

  /**
   * A DM can be seen by one person only: following a link into it means to act as that person.
   * @param message.platform the app that is shown, when it is not said
   */
  async function openMessage({ platform: where = platform, channel: id, thread: ts }) {
    const members = await membersOf(id, where);
    if (members === null) return;
    const reader = members.includes(as) ? as : members[0];
    if (reader === undefined) {
      setNotice('That conversation is no longer there.');
      go({ channel: null, thread: null }, { replace: true });
      return;
    }
    if (reader !== as) setNotice(`You now act as ${people.get(reader).name}, whose conversation this is.`);
    setMenuOpen(false);
    setThreadFocused(false);
    go({ app: appOf(where), as: reader, channel: id, thread: ts, view: 'chat' });
  }

  /** Stays in the channel if the other person sees it too; a DM is everybody's own. */
  async function switchPerson(id) {
    const members = channel === undefined ? [] : await membersOf(channel.id);
    if (members === null) return;
    const stays = members.includes(id);
    const left = { story: null, ...(place.panel === 'story' ? { panel: null } : {}) };
    go({ as: id, channel: stays ? channel.id : null, thread: null, ...left });
  }

  /** The other app, at its own first conversation; the board and the rest stay as they are. */
  function switchApp(next) {
    if (next !== platform) go({ app: appOf(next), as, channel: null, thread: null, view: 'chat' });
  }

  return {
    platform,
    me,
    as,
    people,
    channels,
    channel,
    ...threadOf(channel, place),
    view: place.view === 'panel' || place.view === 'board' ? 'panel' : 'chat',
    panel: panels.includes(place.panel) ? place.panel : 'board',
    isMenuOpen,
    isThreadFocused,
    notice,
    setNotice,
    setMenuOpen,
    openMessage,
    switchPerson,
    switchApp,
    openThread(ts, { focused }) {
      setThreadFocused(focused);
      go({ as, channel: channel.id, thread: ts });
    },
    showChannel(id) {
      setMenuOpen(false);
      go({ as, channel: id, thread: null, view: 'chat' });
    },
    ...panelWays({ boot, go, openMessage, platform }),
  };
}

/** In a chat without threads the message is shown among the others. */
function threadOf(channel, place) {
  const ts = channel !== undefined && channel.id === place.channel ? place.thread : null;
  return channel?.flat === true ? { thread: null, pointed: ts } : { thread: ts, pointed: null };
}

/** As the address says it, where Slack needs no name. */
function appOf(platform) {
  return platform === 'teams' ? 'teams' : null;
}

/** The ways into the right panel, and those of links. */
function panelWays({ boot, go, openMessage, platform }) {
  const ways = {
    showChat: () => go({ view: 'chat' }),
    showPanel: (panel) => go({ panel, view: 'panel' }),
    /** @param {string} column its name: the board begins there */
    openBoard(column) {
      wishColumn(column);
      go({ issue: null, panel: 'board', view: 'panel' });
    },
    openIssue: (key) => go({ issue: key, panel: 'board', view: 'panel' }),
    openArticle: (idOrUrl) => go({ article: idOrUrl, panel: 'knowledge', view: 'panel' }),
    openStory(channel, ts, where = platform) {
      const story = [...(where === 'teams' ? ['teams'] : []), encodeURIComponent(channel), ts].join('/');
      go({ story, panel: 'story', view: 'panel' });
    },
    closeStory: () => go({ story: null, panel: null, view: 'chat' }),
  };
  return {
    ...ways,
    /** Opens a link of the chat or the board inside the page, and says whether it did. */
    openHere(url) {
      const key = issueKeyOf(url, boot.jira.url);
      if (key !== null) {
        ways.openIssue(key);
        return true;
      }
      if (articleTest(boot)(url)) {
        ways.openArticle(url);
        return true;
      }
      const message = messagePlaceOf(url, boot.teams?.url);
      if (message !== null) openMessage(message);
      return message !== null;
    },
  };
}
