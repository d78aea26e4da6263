import type { Action, Address } from '#domain/conversation.ts';
import { cutLine } from './clean-text.ts';

/** An object of JSON that we send. */
export type Json = Readonly<Record<string, unknown>>;

/** The turn that a post shows, and the thread it is in: its buttons carry both. */
export interface Origin {
  readonly turnId: string;
  readonly address: Address;
}

/** What there is a button for. The others are only ever the submission of a form, or Teams' own thumbs. */
export type ButtonAction = Exclude<Action, 'details' | 'comment-rating' | 'helpful' | 'not-helpful'>;

interface Face {
  readonly text: string;
  /** Shown when it is pointed at, and read aloud. */
  readonly label: string;
  readonly style?: 'positive' | 'destructive';
}

/** https://adaptivecards.io/explorer/Action.Execute.html */
const faces: Readonly<Record<ButtonAction, Face>> = {
  solved: { text: 'Solved', label: 'Mark this as solved', style: 'positive' },
  'not-yet': { text: 'Not yet', label: 'Not yet: it is not solved' },
  'get-human': { text: 'Get a human', label: 'Hand this over to a person in IT' },
  'answer-privately': {
    text: 'Send it to me privately',
    label: 'Send me the answer in a chat of our own',
    style: 'positive',
  },
  follow: { text: 'Follow it', label: 'Follow the ticket that others have for the same problem' },
  continue: { text: 'Continue there', label: 'Add this to the ticket that is open already', style: 'positive' },
  'rate-1': { text: '1 poor', label: '1 poor: the lowest of 5' },
  'rate-2': { text: '2', label: '2 of 5: fair' },
  'rate-3': { text: '3', label: '3 of 5: good' },
  'rate-4': { text: '4', label: '4 of 5: very good' },
  'rate-5': { text: '5 great', label: '5 great: the highest of 5' },
  take: { text: 'Take', label: 'Take this ticket yourself' },
  'answer-here': { text: 'Answer from here', label: 'Answer from here: write to the employee' },
  mute: { text: 'Mute', label: 'Mute: no further messages about this here' },
  approve: { text: 'Approve', label: 'Approve this question and answer', style: 'positive' },
  edit: { text: 'Edit', label: 'Edit this question and answer' },
  discard: { text: 'Discard', label: 'Discard this question and answer', style: 'destructive' },
};

/** Their press does nothing but open a form. */
const formOpeners: readonly Action[] = ['answer-here', 'edit'];

/** What the button of a form says that has not opened with the press. */
const formTitles: Readonly<Partial<Record<Action, string>>> = {
  'get-human': 'Add details',
  'not-yet': 'Say what is wrong',
  'rate-1': 'Add a comment',
  'rate-2': 'Add a comment',
  'rate-3': 'Add a comment',
  'rate-4': 'Add a comment',
  'rate-5': 'Add a comment',
};

/** https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/design-effective-cards */
const mostActions = 6;
/** https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/cards-actions#imback */
const longestPrompt = 500;

/** What can be pressed below a reply: its questions, its buttons, and the one that opens a form. At most six. */
export function renderActions(
  reply: { readonly buttons: readonly Action[]; readonly form?: Action; readonly prompts: readonly string[] },
  origin: Origin,
): readonly Json[] {
  const buttons = [
    ...reply.buttons.filter(hasFace).map((action) => renderButton(action, origin)),
    ...(reply.form === undefined ? [] : [openForm(reply.form, formTitles[reply.form] ?? 'Add details', origin)]),
  ].slice(0, mostActions);
  return [...reply.prompts.slice(0, mostActions - buttons.length).map(renderPrompt), ...buttons];
}

/** Whether there is anything to press. */
export function hasButtons(buttons: readonly Action[]): boolean {
  return buttons.some(hasFace);
}

function renderButton(action: ButtonAction, origin: Origin): Json {
  const { text, label, style } = faces[action];
  if (formOpeners.includes(action)) return { ...openForm(action, text, origin), tooltip: label };
  const data = dataOf(action, origin);
  return {
    type: 'Action.Execute',
    title: text,
    tooltip: label,
    verb: action,
    data,
    ...(style === undefined ? {} : { style }),
    // where a client knows no Universal Actions, the same comes as a message
    fallback: { type: 'Action.Submit', title: text, data },
  };
}

/** https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots */
function openForm(action: Action, title: string, origin: Origin): Json {
  return { type: 'Action.Submit', title, data: { ...dataOf(action, origin), msteams: { type: 'task/fetch' } } };
}

function renderPrompt(prompt: string): Json {
  const value = cutLine(prompt, longestPrompt);
  return { type: 'Action.Submit', title: cutLine(prompt, 80), data: { msteams: { type: 'imBack', value } } };
}

function dataOf(verb: Action, { turnId, address }: Origin): Json {
  return { verb, turn: turnId, thread: address.ref };
}

function hasFace(action: Action): action is ButtonAction {
  return action in faces;
}
