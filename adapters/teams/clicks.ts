import { z } from 'zod';
import type { Action, Address, Click } from '#domain/conversation.ts';
import { cutLine } from '../chat/clean-text.ts';
import { fromAddress, postRefStart, toAddress, toChatRef } from './addresses.ts';
import { ActionName, readSubmission, ThreadRef, TurnId } from './forms.ts';
import { isHere, type Scene } from './scene.ts';
import { CardAction, Feedback, FeedbackText, Task } from './schema.ts';

/** What our buttons carry. It comes back from outside: anybody in the chat may have changed it. */
const ButtonData = z.object({ verb: ActionName, turn: TurnId, thread: ThreadRef });

/** Those that stand for themselves only in a form, or below an answer of ours: no button has them. */
const noButtons: readonly Action[] = ['details', 'comment-rating', 'helpful', 'not-helpful'];

/** Whether the data of a message without words is that of a button of ours. */
export function isOwnButton(value: unknown): boolean {
  return ButtonData.safeParse(value).success;
}

/**
 * A press of a button of ours, in the chat and the thread that it was posted in; null when it is another, or was changed.
 *
 * @param data what came with the press.
 */
export function readPress(data: unknown, scene: Scene): Click | null {
  const button = ButtonData.safeParse(data);
  if (!button.success || noButtons.includes(button.data.verb)) return null;
  const { verb: action, turn: turnId, thread } = button.data;
  return clickIn(scene, { action, turnId, address: { platform: 'teams', ref: thread }, values: null });
}

/**
 * A press of an `Action.Execute`. Null also when a client asked by itself for a card's newer form.
 *
 * @throws ZodError when Teams sends a shape that is not known here.
 */
export function readExecute(body: unknown, scene: Scene): Click | null {
  const { action, trigger } = CardAction.parse(body).value;
  const click = trigger === 'automatic' ? null : readPress(action.data, scene);
  return click !== null && action.verb === click.action ? click : null;
}

/** A press that opens a form. @throws ZodError as above. */
export function readFormWanted(body: unknown, scene: Scene): Click | null {
  return readPress(Task.parse(body).value.data, scene);
}

/** A form that is sent. @throws ZodError as above. */
export function readFormSent(body: unknown, scene: Scene): Click | null {
  const sent = readSubmission(Task.parse(body).value.data);
  return sent === null ? null : clickIn(scene, sent);
}

function clickIn(scene: Scene, pressed: Pick<Click, 'action' | 'turnId' | 'address' | 'values'>): Click | null {
  const address = inScene(pressed.address, scene);
  if (address === null || scene.person === null) return null;
  return { ...pressed, ...signed(scene, scene.person, pressed.action), address };
}

const longestName = 200;

/** What all of somebody's presses have. */
function signed(
  scene: Scene,
  person: NonNullable<Scene['person']>,
  action: Action,
): Pick<Click, 'eventId' | 'personRef' | 'at' | 'by'> {
  const { activity, chat, at } = scene;
  // what stays the same when it is delivered again
  const own = activity.id || `${activity.replyToId}/${person.aadObjectId}/${activity.timestamp}/${action}`;
  const by = cutLine(person.name, longestName);
  return {
    eventId: `teams/${toChatRef({ tenantId: chat.tenantId, chatId: chat.id })}/action/${own}`,
    personRef: person.ref,
    at,
    ...(by === '' ? {} : { by }),
  };
}

/** The first message of a conversation of ours is made before its id is known: its buttons name it so. */
const firstMessage = '0';

/** The address of what was pressed; null when that is of another chat, or of another thread. */
function inScene(address: Address, scene: Scene): Address | null {
  const place = fromAddress(address);
  if (place.root !== firstMessage) return isHere(scene, place) ? address : null;
  const root = scene.root ?? scene.activity.replyToId;
  const whole = { ...place, root };
  return /^[\w-]{1,120}$/.test(root) && isHere(scene, whole) ? toAddress(whole) : null;
}

/** Thumbs below an answer of ours. */
export interface Thumbs {
  /** How the ref of the post begins that they are for. */
  readonly postRefStart: string;
  /** The click that they are, but for the turn that the post shows. */
  readonly click: Omit<Click, 'turnId' | 'address'>;
}

const longestComment = 2000;

/** Null when nobody of the directory gave them. @throws ZodError when Teams sends a shape that is not known here. */
export function readThumbs(body: unknown, scene: Scene): Thumbs | null {
  const { reaction, feedback } = Feedback.parse(body).value.actionValue;
  if (scene.person === null || scene.activity.replyToId === '') return null;
  const action = reaction === 'like' ? 'helpful' : 'not-helpful';
  const comment = commentIn(feedback).trim().slice(0, longestComment);
  return {
    postRefStart: postRefStart(scene.chat.id, scene.activity.replyToId),
    click: {
      ...signed(scene, scene.person, action),
      action,
      values: comment === '' ? null : { comment },
    },
  };
}

/** JSON within a string, and once it was a plain text. */
function commentIn(feedback: string): string {
  try {
    return FeedbackText.safeParse(JSON.parse(feedback)).data?.feedbackText ?? '';
  } catch {
    return feedback;
  }
}
