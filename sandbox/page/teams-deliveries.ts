import type { Json, TeamsRecordedDelivery } from '../teams/contract.ts';
import type { StoryDelivery } from './story-types.ts';
import { tsOfTeams } from './teams-ids.ts';

/** What Teams tells of, in words; invokes by their name, edits and deletions by their event's type. */
const titles: Readonly<Record<string, string>> = {
  message: 'Teams tells Firstline of the message',
  submit: 'Teams tells Firstline of the press',
  editMessage: 'Teams tells Firstline that the message was edited',
  undeleteMessage: 'Teams tells Firstline that the message is back',
  softDeleteMessage: 'Teams tells Firstline that the message was deleted',
  messageReaction: 'Teams tells Firstline of a reaction',
  installationUpdate: 'Teams tells Firstline that it was installed or removed',
  conversationUpdate: 'Teams tells Firstline that the conversation has changed',
  'adaptiveCard/action': 'Teams tells Firstline of the press',
  'task/fetch': 'Teams asks Firstline for the form behind a button',
  'task/submit': 'Teams tells Firstline of the form that was sent',
  'composeExtension/fetchTask': 'Teams asks Firstline for the form of “Create IT ticket”',
  'composeExtension/submitAction': 'Teams tells Firstline of the form that was sent',
  'message/submitAction': 'Teams tells Firstline of the thumb under an answer',
};

/** The requests of Teams to the app, as the page tells of them. */
export function storyDeliveries(deliveries: readonly TeamsRecordedDelivery[]): readonly StoryDelivery[] {
  return deliveries.map((delivery) => {
    const { activity, attempt, status, at, tookMs } = delivery;
    const kind = kindOf(delivery);
    const isAction = delivery.type === 'invoke' || kind === 'submit';
    const about = isAction || kind === 'messageReaction' ? text(activity['replyToId']) : delivery.id;
    return {
      id: nameOf(delivery),
      attempt,
      status,
      at: new Date(at),
      ms: tookMs,
      title: titles[kind] ?? 'Teams tells Firstline of something new',
      about: {
        type: kind,
        channel: chatOf(activity),
        ts: /^\d+$/.test(about) ? tsOfTeams(about) : '',
        // the program's own name of a press has the activity's id in it
        actionTs: isAction ? delivery.id : null,
      },
    };
  });
}

/** Deliveries of an activity beyond its first, among those that are remembered. */
export function sentAgain(deliveries: readonly TeamsRecordedDelivery[]): number {
  const first = new Set(deliveries.map((delivery) => `${chatOf(delivery.activity)}/${nameOf(delivery)}`));
  return deliveries.length - first.size;
}

/** What tells an activity from all others of its chat; an edit has the id of the message that was edited. */
function nameOf(delivery: TeamsRecordedDelivery): string {
  const { id, type, activity } = delivery;
  if (type !== 'messageUpdate' && type !== 'messageDelete') return id;
  return `${id}/${kindOf(delivery)}/${text(activity['timestamp'])}`;
}

function kindOf({ type, activity }: TeamsRecordedDelivery): string {
  if (type === 'invoke') return text(activity['name']) || type;
  if (type === 'messageUpdate' || type === 'messageDelete')
    return text(field(activity['channelData'], 'eventType')) || type;
  return type === 'message' && activity['value'] !== undefined && text(activity['text']) === '' ? 'submit' : type;
}

/** Without the thread, which stands behind a semicolon. */
function chatOf(activity: Json): string {
  return text(field(activity['conversation'], 'id')).split(';')[0] ?? '';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
