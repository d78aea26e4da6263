import type { Action, Conversation, StaffAction, Turn } from './conversation.ts';
import type { TriageCard } from './decision.ts';
import type { Form, FormField } from './form.ts';
import { SUMMARY_CHARACTERS, summaryIn, urgencyIn } from './handover.ts';
import { URGENCY_LEVELS } from './urgency.ts';

/**
 * The form that opens after a press; null when none does. Each is optional: what was pressed counts without it. The
 * requester's presses have one in the thread, those of IT staff in the triage channel.
 *
 * @param click `personRef` left out: whoever it was is taken for who may press.
 */
export function formAfter(
  conversation: Conversation,
  click: { readonly action: Action; readonly turnId: string; readonly personRef?: string },
): Form | null {
  const turn = conversation.turns.find(({ id }) => id === click.turnId);
  if (turn === undefined || turn.withdrawn) return null;
  const isStaffs = STAFF.has(click.action);
  if (turn.stage !== (isStaffs ? 'triage' : 'thread')) return null;
  if (!isStaffs && click.personRef !== undefined && click.personRef !== conversation.requesterRef) return null;
  return FORMS[click.action]?.(conversation, turn) ?? null;
}

/** Whether a press of the requester's has a form. */
export function hasForm(action: Action): boolean {
  return !STAFF.has(action) && FORMS[action] !== undefined;
}

const STAFF: ReadonlySet<Action> = new Set<StaffAction>(['take', 'answer-here', 'mute', 'approve', 'edit', 'discard']);

type Make = (conversation: Conversation, turn: Turn) => Form | null;

const FORMS: Readonly<Partial<Record<Action, Make>>> = {
  'get-human': detailsForm,
  'not-yet': () => NOT_YET,
  'rate-1': () => AFTER_RATING,
  'rate-2': () => AFTER_RATING,
  'rate-3': () => AFTER_RATING,
  'rate-4': () => AFTER_RATING,
  'rate-5': () => AFTER_RATING,
  'answer-here': (_, { decision }) => answerForm(decision?.kind === 'triage' ? decision.card : null),
  edit: (_, { decision }) => (decision?.kind === 'lesson' ? lessonForm(decision.lesson) : null),
};

/** Longer ones are logs, which belong into a file. */
const MOST_TEXT = 2000;
const MOST_DEVICE = 80;
const MOST_QUESTION = 300;
/** A form takes no longer text. */
const MOST_ANSWER = 3000;

/** Filled with what was sent with it before, else with what is known. */
function detailsForm(conversation: Conversation): Form {
  const turns = conversation.turns.filter(({ stage, withdrawn }) => stage === 'thread' && !withdrawn);
  const told = turns.findLast(
    ({ action, values, author }) => action === 'details' && values !== null && author === 'requester',
  );
  const before = told?.values ?? {};
  const texts = saidBy(turns);
  return {
    action: 'details',
    title: 'Anything to add?',
    intro: 'Your request is on its way to IT with this whole conversation. What you change or add here is optional.',
    fields: [
      field('summary', {
        label: 'Summary',
        kind: 'line',
        value: before['summary'] ?? summaryIn(turns),
        most: SUMMARY_CHARACTERS,
      }),
      field('tried', {
        label: 'What was tried',
        kind: 'text',
        value: before['tried'] ?? triedIn(turns, texts),
        most: MOST_TEXT,
      }),
      field('device', {
        label: 'Device',
        hint: 'For example “Windows laptop”, or the number on its label',
        kind: 'line',
        value: before['device'] ?? deviceIn(texts),
        most: MOST_DEVICE,
      }),
      {
        name: 'urgency',
        label: 'Urgency',
        hint: '',
        optional: true,
        kind: 'choice',
        value: urgencyIn({ conversation })?.level ?? 'normal',
        options: URGENCY_LEVELS,
      },
    ],
    submit: 'Send to IT',
    skip: 'Leave as it is',
  };
}

type Entry = Extract<FormField, { kind: 'line' | 'text' }>;

function field(name: string, entry: Pick<Entry, 'label' | 'kind' | 'most'> & Partial<Entry>): FormField {
  const { value = '', most } = entry;
  const cut = value.length <= most ? value : `${value.slice(0, most - 1).toWellFormed()}…`;
  return { name, hint: '', optional: true, ...entry, value: cut };
}

function saidBy(turns: readonly Turn[]): readonly string[] {
  return turns.filter(({ author, action }) => author === 'requester' && action === null).map(({ text }) => text);
}

/** What was shown to them, and what they say that they did. What not everybody may read is not named: it goes into the ticket. */
function triedIn(turns: readonly Turn[], texts: readonly string[]): string {
  const cited = turns.flatMap(({ decision }) =>
    decision?.kind === 'answer' || decision?.kind === 'suggest' ? decision.citations : [],
  );
  const titles = new Set(cited.filter(({ restricted }) => restricted !== true).map(({ title }) => title));
  const done = texts.flatMap((text) => text.split(/(?<=[.!?])\s+|\n+/u)).filter((sentence) => TRIED.test(sentence));
  return [
    ...done.map((sentence) => sentence.trim()),
    ...Array.from(titles, (title) => `Firstline showed me “${title}”.`),
  ].join('\n');
}

const TRIED =
  /\b(?:(?:i(?:['’]?ve| have)?|we(?:['’]?ve| have)?) (?:already |also |just |even )*(?:tried|restarted|rebooted|re-?installed|reset|updated|unplugged|swapped|changed|cleared|checked|logged (?:out|off)|turned|switched|deleted|removed)|(?:already|have|tried|just) (?:restarted|rebooted|re-?installed|turning|restarting|rebooting|everything|another|a different|it (?:on|with)|that|this|both|twice|to)|tried (?:it|this|that|to|with|another|\d+)|(?:did|does) ?n['o’]?t help|after (?:a )?(?:restart|reboot|reinstall))/i;

/** What they use, as far as they say; '' when they do not. The first that is named. */
function deviceIn(texts: readonly string[]): string {
  const text = texts.join('\n');
  return DEVICES.find(([form]) => form.test(text))?.[1] ?? '';
}

const DEVICES: readonly (readonly [RegExp, string])[] = [
  [/\bmac ?book pro\b|\bmbp\b/i, 'MacBook Pro'],
  [/\bmac ?book air\b/i, 'MacBook Air'],
  [/\bmac ?book\b/i, 'MacBook'],
  [/\bimac\b/i, 'iMac'],
  [/\biphone\b/i, 'iPhone'],
  [/\bipad\b/i, 'iPad'],
  [/\bchromebook\b/i, 'Chromebook'],
  [/\bsurface (?:pro|laptop|go|book)\b|\bmy surface\b/i, 'Surface'],
  [/\bthink ?pad\b/i, 'ThinkPad'],
  [
    /\b(?:latitude|elitebook|dell|hp|lenovo)\b.{0,20}\b(?:laptop|notebook)\b|\bwindows (?:1[01] )?(?:laptop|notebook)\b|\b(?:laptop|notebook)\b.{0,40}\bwindows\b/i,
    'Windows laptop',
  ],
  [
    /\b(?:ubuntu|debian|fedora|linux) (?:laptop|notebook|machine|pc)\b|\b(?:laptop|pc|machine)\b.{0,30}\b(?:ubuntu|debian|fedora|linux)\b/i,
    'Linux laptop',
  ],
  [/\bwindows (?:1[01] )?(?:pc|desktop|computer|machine)\b/i, 'Windows computer'],
  [/\b(?:android|samsung|pixel|galaxy)\b/i, 'Android phone'],
  [/\bon (?:my |a |the )?mac\b|\bmy mac\b/i, 'Mac'],
];

const TEXT = { name: 'text', hint: '', kind: 'text', value: '', most: MOST_TEXT } as const;

const NOT_YET: Form = {
  action: 'not-yet',
  title: 'Not solved yet',
  intro: 'IT is told that it is not solved. What you write here helps them on.',
  fields: [{ ...TEXT, label: 'What is still wrong?', optional: true }],
  submit: 'Send to IT',
  skip: 'Nothing to add',
};

const AFTER_RATING: Form = {
  action: 'comment-rating',
  title: 'Thank you!',
  intro: 'Your rating is noted.',
  fields: [{ ...TEXT, name: 'comment', label: 'What was good, or could be better?', optional: true }],
  submit: 'Send',
  skip: 'Nothing to add',
};

function answerForm(card: TriageCard | null): Form {
  const about = card === null ? '' : `${card.requester}: “${card.summary}”. `;
  return {
    action: 'answer-here',
    title: 'Answer the employee',
    intro: `${about}It goes to the employee in your name, and onto the ticket.`,
    fields: [{ ...TEXT, label: 'Answer', most: MOST_ANSWER, optional: false }],
    submit: 'Send',
    skip: 'Cancel',
  };
}

function lessonForm({ question, answer }: { readonly question: string; readonly answer: string }): Form {
  return {
    action: 'edit',
    title: 'Edit before approving',
    intro: 'Whoever asks this gets the answer, with a link to the ticket. Markdown works.',
    fields: [
      {
        ...field('question', { label: 'Question', kind: 'line', value: question, most: MOST_QUESTION }),
        optional: false,
      },
      { ...field('answer', { label: 'Answer', kind: 'text', value: answer, most: MOST_ANSWER }), optional: false },
    ],
    submit: 'Save',
    skip: 'Cancel',
  };
}
