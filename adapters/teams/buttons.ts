import { BUTTON_WORDS, type ButtonAction, hasButton } from '#domain/button-words.ts';
import type { Action, Address } from '#domain/conversation.ts';
import { cutLine } from '../chat/clean-text.ts';

/** An object of JSON that we send. */
export type Json = Readonly<Record<string, unknown>>;

/** The turn that a post shows, and the thread it is in: its buttons carry both. */
export interface Origin {
  readonly turnId: string;
  readonly address: Address;
}

const styles = { main: 'positive', danger: 'destructive' } as const;

/** Where Teams calls things otherwise. */
const ownLabels: Readonly<Partial<Record<ButtonAction, string>>> = {
  'answer-privately': 'Send me the answer in a chat of our own',
  continue: 'Add this to the ticket that is open already',
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
    ...reply.buttons.filter(hasButton).map((action) => renderButton(action, origin)),
    ...(reply.form === undefined ? [] : [openForm(reply.form, formTitles[reply.form] ?? 'Add details', origin)]),
  ].slice(0, mostActions);
  return [...reply.prompts.slice(0, mostActions - buttons.length).map(renderPrompt), ...buttons];
}

/** Whether there is anything to press. */
export function hasButtons(buttons: readonly Action[]): boolean {
  return buttons.some(hasButton);
}

/** https://adaptivecards.io/explorer/Action.Execute.html */
function renderButton(action: ButtonAction, origin: Origin): Json {
  const { text, style } = BUTTON_WORDS[action];
  const label = ownLabels[action] ?? BUTTON_WORDS[action].label;
  if (formOpeners.includes(action)) return { ...openForm(action, text, origin), tooltip: label };
  const data = dataOf(action, origin);
  return {
    type: 'Action.Execute',
    title: text,
    tooltip: label,
    verb: action,
    data,
    ...(style === undefined ? {} : { style: styles[style] }),
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
