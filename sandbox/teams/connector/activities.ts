import type { Answer } from '../../http.ts';
import { isChannel } from '../activity.ts';
import type { Json } from '../contract.ts';
import type { Core } from '../core.ts';
import type { Typing } from '../typing.ts';
import type { Chat, Draft } from '../world.ts';
import { checkBody, type SentActivity } from './checks.ts';
import { noActivity, noConversation, notInRoster, refusal } from './refusal.ts';
import { createStreams } from './streams.ts';

/** A chat, and in a channel perhaps one of its threads. */
export interface Place {
  readonly chat: Chat;
  readonly root?: string;
}

/** What the app does to messages. */
export interface Activities {
  /** A conversation's id with or without `;messageid=`, as it stands in paths. */
  place(conversationId: string): Place | Answer;
  post(place: Place, body: string): Answer;
  /** A message that is known to be good; returns its id. */
  write(place: Place, activity: SentActivity): string;
  update(place: Place, id: string, body: string): Answer;
  remove(place: Place, id: string): Answer;
}

export function createActivities(core: Core, typing: Typing): Activities {
  const { world } = core;
  const write: Activities['write'] = ({ chat, root }, activity) => {
    typing.stop(chat.id, root);
    return world.add(chat.id, { ...draftOf(activity), ...(root === undefined ? {} : { threadId: root }) }).id;
  };
  const streams = createStreams(core, ({ chat, activity, id, isInformative }) => {
    const told = isInformative ? { informative: true as const } : {};
    typing.stop(chat.id, undefined);
    if (id === undefined) return world.add(chat.id, { ...draftOf(activity), ...told }).id;
    return world.change(chat.id, id, { informative: undefined, ...draftOf(activity), ...told }).id;
  });

  return {
    write,
    place: (conversationId) => placeOf(core, conversationId),
    post(place, body) {
      const checked = checkBody(body);
      if ('refused' in checked) return checked.refused;
      const { activity } = checked;
      const streamed = streams.take(place.chat, activity);
      if (streamed !== null) return streamed;
      if (activity.type === 'typing') {
        typing.start(place.chat.id, place.root);
        return { status: 202, body: {} };
      }
      const [message, ...others] = messagesOf(activity).map((part) => write(place, part));
      // of what it has made two messages of, Teams tells no id
      return others.length > 0 ? { status: 202, body: null } : { status: 201, body: { id: message } };
    },
    update({ chat }, id, body) {
      const kept = world.find(chat.id, id);
      if (kept === null || kept.deleted === true) return noActivity;
      if (kept.from !== null) return notOurs;
      const checked = checkBody(body);
      if ('refused' in checked) return checked.refused;
      const { threadId, reactions } = kept;
      const gone = { channelData: undefined, summary: undefined, cardsFor: undefined, informative: undefined };
      world.change(chat.id, id, { ...gone, ...draftOf(checked.activity), threadId, reactions, edited: true });
      return { status: 200, body: { id } };
    },
    remove({ chat }, id) {
      const kept = world.find(chat.id, id);
      if (kept === null || kept.deleted === true) return noActivity;
      if (kept.from !== null) return notOurs;
      world.change(chat.id, id, { deleted: true });
      return { status: 200, body: null };
    },
  };
}

/** Text and cards in one activity: Teams makes two messages of it. */
function messagesOf(activity: SentActivity): readonly SentActivity[] {
  const { text = '', attachments = [], entities, attachmentLayout, ...rest } = activity;
  if (text === '' || !attachments.some(({ contentType }) => isCard(contentType))) return [activity];
  return [
    { ...rest, text, entities },
    { ...rest, attachments, attachmentLayout },
  ];
}

const notOurs = refusal(403, 'ForbiddenOperationException', 'The message was not sent by this bot.');

function isCard(contentType: string): boolean {
  return contentType.startsWith('application/vnd.microsoft.card.') || contentType.includes('.teams.card.');
}

function placeOf(core: Core, conversationId: string): Place | Answer {
  const [chatId = '', ...parts] = conversationId.split(';');
  const { world } = core;
  const chat = world.chat(chatId);
  if (chat === null) return noConversation;
  if (!core.isInstalled(chat)) return notInRoster;
  const root = parts.find((part) => part.startsWith('messageid='))?.slice('messageid='.length);
  if (root === undefined || !isChannel(chat)) return { chat };
  const first = world.find(chat.id, root);
  if (first === null) return noConversation;
  return { chat, root: first.threadId ?? root };
}

function draftOf({ text = '', textFormat = 'markdown', ...rest }: SentActivity): Draft {
  const { attachments = [], entities = [], channelData, summary } = rest;
  return {
    from: null,
    text,
    textFormat,
    attachments: attachments as readonly Json[],
    entities: entities as readonly Json[],
    ...(channelData === undefined ? {} : { channelData }),
    ...(summary === undefined ? {} : { summary }),
  };
}
