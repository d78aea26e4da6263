import { z } from 'zod';
import type { Action, Address } from '#domain/conversation.ts';
import type { Form, FormField } from '#domain/form.ts';
import { beginningOf, cutLine, oneLine, withoutInvisible } from '../chat/clean-text.ts';
import type { Json, Origin } from './buttons.ts';
import { cardContentType, largestCard, weigh } from './cards.ts';
import { escapeMarkdown, withoutDates } from './markdown.ts';

/** What a dialog opens with. https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/invoking-task-modules#the-taskinfo-object */
export interface TaskInfo {
  readonly title: string;
  readonly height: 'small' | 'medium' | 'large';
  readonly width: 'small' | 'medium' | 'large';
  readonly card: { readonly contentType: string; readonly content: Json };
}

const longest = { title: 60, intro: 2900, label: 200, hint: 200, entry: 4000, option: 100 } as const;
const mostFields = 20;

/** How much of what is filled in, and of what can be chosen, is tried; a dialog that is too large is tried with less. */
const rooms = [
  { entry: longest.entry, options: 100 },
  { entry: 2000, options: 100 },
  { entry: 1000, options: 50 },
  { entry: 400, options: 20 },
  { entry: 100, options: 10 },
  { entry: 0, options: 5 },
] as const;
type Room = (typeof rooms)[number];

/**
 * Renders a form as a dialog. It is left by its ×, so `skip` has no button. An input's id is its field's name. A choice
 * without an option is left out: nobody could answer it.
 */
export function renderDialog(form: Form, { turnId, address }: Origin): TaskInfo {
  const data = { action: form.action, turn: turnId, thread: address.ref };
  return toDialog(form, data);
}

/** What the message action "Create IT ticket" asks. Already filled in with the message it was opened on. */
export function renderMessageActionForm(filled: { readonly summary: string; readonly details: string }): TaskInfo {
  const own = { hint: '', optional: false } as const;
  return toDialog(
    {
      title: 'Create IT ticket',
      intro: 'IT gets this message with what you write here.',
      fields: [
        { ...own, name: 'summary', label: 'Summary', kind: 'line', value: filled.summary, most: 200 },
        { ...own, name: 'details', label: 'Details', kind: 'text', value: filled.details, most: 4000, optional: true },
      ],
      submit: 'Send to IT',
    },
    {},
  );
}

function toDialog(form: Omit<Form, 'action' | 'skip'>, data: Json): TaskInfo {
  let content: Json = {};
  for (const room of rooms) {
    content = dialogCard(form, data, room);
    if (weigh(content) <= largestCard) break;
  }
  return {
    title: plain(form.title, longest.title),
    height: form.fields.length > 2 ? 'large' : 'medium',
    width: 'medium',
    card: { contentType: cardContentType, content },
  };
}

function dialogCard({ intro, fields, submit }: Omit<Form, 'action' | 'skip'>, data: Json, room: Room): Json {
  const above = withoutDates(escapeMarkdown(beginningOf(intro, longest.intro)));
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body: [
      ...(above === '' ? [] : [{ type: 'TextBlock', text: above, wrap: true }]),
      ...fields.slice(0, mostFields).flatMap((field) => renderField(field, room)),
    ],
    actions: [{ type: 'Action.Submit', title: plain(submit, 40), style: 'positive', data }],
  };
}

function renderField(field: FormField, room: Room): readonly Json[] {
  const input = field.kind === 'choice' ? renderChoice(field, room) : renderEntry(field, room);
  if (input === null) return [];
  const label = plain(field.label, longest.label);
  const required = field.optional ? {} : { isRequired: true, errorMessage: `${label} is needed.` };
  return [{ id: field.name, label, ...input, ...required }];
}

type Entry = Extract<FormField, { kind: 'line' | 'text' }>;
type Choice = Extract<FormField, { kind: 'choice' }>;

/** https://adaptivecards.io/explorer/Input.Text.html */
function renderEntry({ kind, value, most, hint }: Entry, room: Room): Json {
  const maxLength = Math.max(1, Math.min(most, longest.entry));
  const filled = beginningOf(
    kind === 'line' ? oneLine(value) : withoutInvisible(value),
    Math.min(maxLength, room.entry),
  );
  return {
    type: 'Input.Text',
    isMultiline: kind === 'text',
    maxLength,
    ...(hint === '' ? {} : { placeholder: plain(hint, longest.hint) }),
    ...(filled === '' ? {} : { value: filled }),
  };
}

/** https://adaptivecards.io/explorer/Input.ChoiceSet.html */
function renderChoice({ value, options, hint }: Choice, room: Room): Json | null {
  const offered = options
    // it would come back as nothing chosen, or, with a comma, as several
    .filter((option) => option.value !== '' && !option.value.includes(','))
    .map((option) => ({ title: plain(option.label, longest.option), value: option.value }));
  const chosen = offered.findIndex((option) => option.value === value);
  // what is chosen stays, whatever else does not fit
  const choices = offered.filter(
    (_, index) => index < room.options - (chosen < room.options ? 0 : 1) || index === chosen,
  );
  if (choices.length === 0) return null;
  return {
    type: 'Input.ChoiceSet',
    style: 'compact',
    choices,
    ...(hint === '' ? {} : { placeholder: plain(hint, longest.hint) }),
    ...(choices.some((choice) => choice.value === value) ? { value } : {}),
  };
}

function plain(text: string, limit: number): string {
  return cutLine(text, limit) || '…';
}

/** A dialog that was sent. */
export interface Submission {
  readonly action: Action;
  readonly turnId: string;
  readonly address: Address;
  /** What was entered, by the fields' names; '' for nothing. */
  readonly values: Readonly<Record<string, string>>;
}

const actions = {
  solved: null,
  'get-human': null,
  'answer-privately': null,
  'not-yet': null,
  follow: null,
  continue: null,
  'rate-1': null,
  'rate-2': null,
  'rate-3': null,
  'rate-4': null,
  'rate-5': null,
  details: null,
  'comment-rating': null,
  helpful: null,
  'not-helpful': null,
  stop: null,
  take: null,
  'answer-here': null,
  mute: null,
  approve: null,
  edit: null,
  discard: null,
} satisfies Record<Action, null>;

/** Every action there is, as buttons and forms name them. */
export const ActionName = z.enum(Object.keys(actions) as Action[]);
/** Of a turn, as buttons and forms carry it. */
export const TurnId = z.string().min(1).max(255);
/** An address of Teams: tenant, chat, first message. */
export const ThreadRef = z
  .string()
  .max(1000)
  .regex(/^[\w-]{1,64}\/[\w%.!~*'()-]{1,800}\/(?:ext-)?[\w-]{1,120}$/);

const Sent = z.object({ action: ActionName, turn: TurnId, thread: ThreadRef }).catchall(z.unknown());

/** More than any form has. */
const longestValue = 10_000;

/** Reads what a dialog of {@link renderDialog} sends: ours, but it comes from outside. Null when it is not. */
export function readSubmission(data: unknown): Submission | null {
  const sent = Sent.safeParse(data);
  if (!sent.success) return null;
  const { action, turn, thread, msteams: _, ...entered } = sent.data;
  return { action, turnId: turn, address: { platform: 'teams', ref: thread }, values: readValues(entered) };
}

/** Reads what the dialog of {@link renderMessageActionForm} sends; null when it is another's. */
export function readMessageAction(data: unknown): { readonly summary: string; readonly details: string } | null {
  const sent = z.object({ summary: z.string(), details: z.string().default('') }).safeParse(data);
  if (!sent.success) return null;
  return { summary: cutLine(sent.data.summary, 200), details: entry(sent.data.details) };
}

function readValues(entered: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const texts = Object.entries(entered).filter((each): each is [string, string] => typeof each[1] === 'string');
  return Object.fromEntries(texts.slice(0, mostFields).map(([name, value]) => [name, entry(value)]));
}

function entry(value: string): string {
  return withoutInvisible(beginningOf(value, longestValue)).trim();
}
