import type { Inbox, Pressed } from '#chat-ports.ts';
import type { Log } from '#ports.ts';
import type { Click } from '#domain/conversation.ts';
import { known } from '../chat/known.ts';
import { renderCardFor } from './cards.ts';
import type { TeamsChat } from './chat.ts';
import type { Chats } from './chats.ts';
import { readExecute, readFormSent, readFormWanted, readThumbs } from './clicks.ts';
import type { Connector } from './connector.ts';
import { renderDialog, renderMessageActionForm } from './forms.ts';
import { readAsked, readChosen, takeRequest } from './message-action.ts';
import { idsOf, platform } from './ids.ts';
import type { Scene } from './scene.ts';

/** What a delivery is answered with. `body` is sent as JSON; left out: nothing. */
export interface Answer {
  readonly status: number;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Somebody waits for the answer: what is slow is done by a job. */
export interface Invoke {
  readonly body: unknown;
  readonly scene: Scene;
  readonly chat: TeamsChat;
}

export interface InvokeDeps {
  readonly inbox: Inbox;
  readonly chats: Chats;
  readonly connector: Connector;
  readonly log: Log;
}

/** What people are told. */
const words = {
  notOurs: 'This cannot be used here. Nothing was changed.',
  notOpen: 'This is not open any more.',
  thanks: 'Thank you. It is with IT.',
  /** What comes of it shows later: an answer without words may be shown as a fault. */
  taken: 'Got it.',
  empty: 'Please say in a few words what IT is to do. Nothing was sent.',
  onItsWay: 'Your request is on its way to IT. I write to you in our chat.',
  noChat: 'I cannot write to you yet. Please open a chat with me first, and then try again. Nothing was sent.',
  unknown: 'I do not know this. Nothing was changed.',
} as const;

/**
 * Answers an invoke: stored first, and then what who pressed is to see. What is none of ours, or was changed, is refused
 * politely, and nothing is stored.
 * https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-activities
 */
export async function answerInvoke(invoke: Invoke, deps: InvokeDeps): Promise<Answer> {
  switch (invoke.scene.activity.name) {
    case 'adaptiveCard/action':
      return answerPress(invoke, deps);
    case 'task/fetch':
      return answerFormWanted(invoke, deps);
    case 'task/submit':
      return answerForm(invoke, deps);
    case 'message/submitAction':
      return answerThumbs(invoke, deps);
    case 'composeExtension/fetchTask':
      return answerAction(invoke, deps);
    case 'composeExtension/submitAction':
      return answerRequest(invoke, deps);
    default:
      return refused(invoke.scene, deps.log);
  }
}

function read<T>(scene: Scene, log: Log, perform: () => T): T | null {
  return known(perform, idsOf(scene.activity), { platform, log });
}

/** In the form that the client waits for: anything else would be shown as a fault. */
function refused(scene: Scene, log: Log): Answer {
  const { name } = scene.activity;
  log.warn('teams: invoke refused', idsOf(scene.activity));
  if (name === 'adaptiveCard/action') return toast(words.notOurs);
  if (name === 'message/submitAction') return nothingMore;
  if (name.startsWith('task/') || name.startsWith('composeExtension/')) return told(words.notOurs);
  return { status: 200, body: { statusCode: 200, type: messageType, value: words.unknown } };
}

async function answerPress({ body, scene }: Invoke, { inbox, log }: InvokeDeps): Promise<Answer> {
  const click = read(scene, log, () => readExecute(body, scene));
  if (click === null) return refused(scene, log);
  return answerPressed(await inbox.click(click), click);
}

/** The card that comes back is for who pressed alone; the others see the post when it is updated. */
function answerPressed({ refusal, reply }: Pressed, { turnId, address }: Click): Answer {
  if (refusal !== null) return toast(refusal);
  if (reply === null) return toast(words.taken);
  return { status: 200, body: { statusCode: 200, type: cardType, value: renderCardFor(reply, { turnId, address }) } };
}

async function answerFormWanted({ body, scene }: Invoke, { inbox, log }: InvokeDeps): Promise<Answer> {
  const click = read(scene, log, () => readFormWanted(body, scene));
  if (click === null) return refused(scene, log);
  const form = await inbox.form(click);
  return form === null
    ? told(words.notOpen)
    : { status: 200, body: { task: { type: 'continue', value: renderDialog(form, click) } } };
}

async function answerForm({ body, scene }: Invoke, { inbox, log }: InvokeDeps): Promise<Answer> {
  const click = read(scene, log, () => readFormSent(body, scene));
  if (click === null) return refused(scene, log);
  const { refusal } = await inbox.click(click);
  return told(refusal ?? words.thanks);
}

/** Anything but `{}` is an error to Teams. */
async function answerThumbs({ body, scene }: Invoke, { inbox, log }: InvokeDeps): Promise<Answer> {
  const thumbs = read(scene, log, () => readThumbs(body, scene));
  if (thumbs === null) return refused(scene, log);
  const shown = await inbox.turnOfPost({ platform: 'teams', postRefStart: thumbs.postRefStart });
  if (shown === null) return refused(scene, log);
  await inbox.click({ ...thumbs.click, ...shown });
  return nothingMore;
}

async function answerAction({ body, scene }: Invoke, { log }: InvokeDeps): Promise<Answer> {
  const chosen = read(scene, log, () => readChosen(body));
  if (chosen === null || scene.person === null) return refused(scene, log);
  return { status: 200, body: { task: { type: 'continue', value: renderMessageActionForm(chosen) } } };
}

async function answerRequest({ body, scene, chat }: Invoke, deps: InvokeDeps): Promise<Answer> {
  const asked = read(scene, deps.log, () => readAsked(body));
  if (asked === null || scene.person === null) return refused(scene, deps.log);
  if (asked.summary === '' && asked.details === '') return told(words.empty);
  return told((await takeRequest(asked, { scene, chat }, deps)) ? words.onItsWay : words.noChat);
}

/** https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards#response-format */
const messageType = 'application/vnd.microsoft.activity.message';
const cardType = 'application/vnd.microsoft.card.adaptive';

const nothingMore: Answer = { status: 200, body: {} };

/** A line for who pressed. */
function toast(value: string): Answer {
  return { status: 200, body: { statusCode: 200, type: messageType, value } };
}

/** A line in the place of a dialog. https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots#responds-to-the-submit-messages */
function told(value: string): Answer {
  return { status: 200, body: { task: { type: 'message', value } } };
}
