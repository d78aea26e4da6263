import type { types, webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Action, Address } from '#domain/conversation.ts';
import type { Form, FormField } from '#domain/form.ts';
import type { Log } from '#ports.ts';
import { beginningOf, oneLine, withoutInvisible } from '../chat/clean-text.ts';
import { call } from './call.ts';
import { actionIds, formCallbackId } from './usage.ts';

/** Limits: https://docs.slack.dev/reference/views, …/block-kit/blocks/input-block, …/block-elements/plain-text-input-element */
const longest = { title: 24, intro: 2900, label: 2000, hint: 2000, entry: 3000, option: 75, optionValue: 150 } as const;
const mostOptions = 100;
/** A view holds a hundred blocks, and one of them is the intro. */
const mostFields = 99;

/** The turn and the thread of the button that opens a form. */
export interface FormOrigin {
  readonly turnId: string;
  readonly address: Address;
}

/** Opens a form over the chat of who has pressed a button. Best effort: what was pressed counts without it. */
export type OpenForm = (form: Form, from: FormOrigin & { readonly triggerId: string }) => Promise<void>;

/** https://docs.slack.dev/reference/methods/views.open. Never throws: a failure is logged. */
export function createOpenForm(client: webApi.WebClient, log: Log): OpenForm {
  return async (form, { triggerId, ...origin }) => {
    try {
      const view = renderForm(form, origin);
      await call('views.open', () => client.views.open({ trigger_id: triggerId, view }));
    } catch (error) {
      log.warn('slack: a form could not be opened', { action: form.action, error });
    }
  };
}

/**
 * Renders a form as a modal within Slack's limits. A field's name is its block's id. A choice without an option is left
 * out: Slack would refuse the whole form.
 */
export function renderForm(form: Form, { turnId, address }: FormOrigin): types.ModalView {
  const intro = cutPlain(form.intro, longest.intro);
  return {
    type: 'modal',
    callback_id: formCallbackId,
    private_metadata: JSON.stringify({ action: form.action, turnId, address: address.ref } satisfies Metadata),
    title: plain(form.title, longest.title),
    submit: plain(form.submit, longest.title),
    close: plain(form.skip, longest.title),
    blocks: [
      ...(intro === '' ? [] : [{ type: 'section', text: { type: 'plain_text', text: intro } } as const]),
      ...form.fields.flatMap(renderField).slice(0, mostFields),
    ],
  };
}

function renderField(field: FormField): types.InputBlock[] {
  const element = field.kind === 'choice' ? renderChoice(field) : renderEntry(field);
  if (element === null) return [];
  return [
    {
      type: 'input',
      block_id: field.name,
      label: plain(field.label, longest.label),
      optional: field.optional,
      element,
      ...(field.hint === '' ? {} : { hint: plain(field.hint, longest.hint) }),
    },
  ];
}

type Entry = Extract<FormField, { kind: 'line' | 'text' }>;
type Choice = Extract<FormField, { kind: 'choice' }>;

function renderEntry({ kind, value, most }: Entry): types.PlainTextInput {
  const longestEntry = Math.max(1, Math.min(most, longest.entry));
  const initial = beginningOf(kind === 'line' ? oneLine(value) : withoutInvisible(value), longestEntry);
  return {
    type: 'plain_text_input',
    action_id: elementId,
    multiline: kind === 'text',
    max_length: longestEntry,
    ...(initial === '' ? {} : { initial_value: initial }),
  };
}

function renderChoice({ value, options }: Choice): types.StaticSelect | null {
  const offered = options
    // cut, it would come back as another
    .filter((option) => option.value !== '' && option.value.length <= longest.optionValue)
    .slice(0, mostOptions)
    .map((option) => ({ text: plain(option.label, longest.option), value: option.value }));
  if (offered.length === 0) return null;
  const initial = offered.find((option) => option.value === value);
  return {
    type: 'static_select',
    action_id: elementId,
    options: offered,
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
}

/** Each block has one element. */
const elementId = 'value';

function plain(text: string, limit: number): types.PlainTextElement {
  return { type: 'plain_text', text: cutPlain(oneLine(text.slice(0, 10 * limit)), limit) || '…' };
}

function cutPlain(text: string, limit: number): string {
  const clean = withoutInvisible(text).trim();
  return clean.length <= limit ? clean : `${beginningOf(clean, limit - 1)}…`;
}

/** What a form is of, kept in it on its way through Slack. */
interface Metadata {
  readonly action: Action;
  readonly turnId: string;
  readonly address: string;
}

const actions = {
  ...actionIds,
  details: null,
  'comment-rating': null,
  helpful: null,
  'not-helpful': null,
  stop: null,
} satisfies Record<Action, string | null>;

const Metadata = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'not JSON' });
      return z.NEVER;
    }
  })
  .pipe(
    z.object({
      action: z.enum(Object.keys(actions) as Action[]),
      turnId: z.string().min(1).max(255),
      address: z.string().regex(/^[A-Z0-9]{1,40}\/[A-Z0-9]{1,40}\/\d{1,12}\.\d{1,6}$/),
    }),
  );

/**
 * Reads a form's `private_metadata`: ours, but it comes from outside.
 *
 * @throws ZodError when it is not what {@link renderForm} puts there.
 */
export function readFormOrigin(metadata: string): FormOrigin & { readonly action: Action } {
  const { action, turnId, address } = Metadata.parse(metadata);
  return { action, turnId, address: { platform: 'slack', ref: address } };
}

/** What was entered, by the fields' names; '' for nothing. */
export function readFormValues(
  entered: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(entered).map(([name, elements]) => [name, withoutInvisible(elements[elementId] ?? '').trim()]),
  );
}
