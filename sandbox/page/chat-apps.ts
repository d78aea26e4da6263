import { type Chat, createChat } from './chat.ts';
import type { PageChat, PageMessage, PageParts } from './parts.ts';
import { Refusal } from './requests.ts';
import { createTeamsChat } from './teams-chat.ts';
import { teamsIdOf, teamsLink } from './teams-ids.ts';

/** One of the apps that people write in. */
export interface ChatApp {
  /** As people call it. */
  readonly name: 'Slack' | 'Teams';
  readonly chat: Chat;
  readonly server: PageChat;
  /**
   * The addresses of a message, as the app gives them out, the first that the program may know it by: an answer in Teams
   * is two messages, the text and the card below it, and the program is asked by the text's.
   */
  linksOf(channel: string, message: PageMessage): readonly string[];
}

export interface ChatApps {
  readonly slack: ChatApp;
  /** Null: the bot is not in Teams. */
  readonly teams: ChatApp | null;
  /** By the name in a request; Slack when it has none. @throws Refusal 400, or 404 when the bot is not in Teams. */
  named(app: unknown): ChatApp;
}

/** The page's chat, once for each app. */
export function createChatApps({ slack, teams, company }: Pick<PageParts, 'slack' | 'teams' | 'company'>): ChatApps {
  const ofSlack: ChatApp = {
    name: 'Slack',
    server: slack,
    chat: createChat({ server: slack, company }),
    linksOf: (channel, message) => [permalink(slack.url, channel, message)],
  };
  const ofTeams = teams === undefined ? null : inTeams(teams, company);
  return {
    slack: ofSlack,
    teams: ofTeams,
    named(app) {
      if (app === undefined || app === null || app === 'slack') return ofSlack;
      if (app !== 'teams') throw new Refusal(400, 'Please check app: it is slack or teams.');
      if (ofTeams === null) throw new Refusal(404, 'Firstline is not in Teams here.');
      return ofTeams;
    },
  };
}

function inTeams(teams: NonNullable<PageParts['teams']>, company: PageParts['company']): ChatApp {
  const server = createTeamsChat(teams);
  return {
    name: 'Teams',
    server,
    chat: createChat({ server, company }),
    linksOf: (channel, message) =>
      [message, ...textAbove(server, channel, message)].map(({ ts, thread_ts: root = ts }) =>
        teamsLink(teams, { chat: channel, id: teamsIdOf(ts), root: teamsIdOf(root) }),
      ),
  };
}

/** Of the card below an answer the answer's text, which Teams labels as made by an AI; nothing of any other message. */
function textAbove(server: PageChat, channel: string, card: PageMessage): readonly PageMessage[] {
  if (card.bot_id === undefined || card.teams?.text !== '') return [];
  const isBefore = ({ ts, bot_id, thread_ts }: PageMessage) =>
    bot_id !== undefined && thread_ts === card.thread_ts && Number(ts) < Number(card.ts);
  const text = server.messages(channel).findLast(isBefore);
  const isAnswer = text?.teams?.entities.some(({ type }) => type === 'https://schema.org/Message') ?? false;
  return text === undefined || !isAnswer ? [] : [text];
}

/** As the local Slack gives it out. https://docs.slack.dev/reference/methods/chat.getPermalink */
function permalink(url: string, channel: string, { ts, thread_ts: thread }: PageMessage): string {
  const query = thread === undefined || thread === ts ? '' : `?thread_ts=${thread}&cid=${channel}`;
  return `${url}/archives/${channel}/p${ts.replace('.', '')}${query}`;
}
