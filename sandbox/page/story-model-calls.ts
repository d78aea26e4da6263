import type { ModelCall } from '../openai/contract.ts';
import type { Trail } from '../operator.ts';
import type { FoundRequest, Records } from './story-requests.ts';
import { isAtWork } from './story-rounds.ts';
import type { RequestStep } from './story-types.ts';

/** The kinds of job that ask models on behalf of one conversation. */
const jobNames = ['answer'];

const purposes: Readonly<Record<string, string>> = {
  firstline_answer: 'Write the answer',
  firstline_check: 'Look at the answer a second time',
  firstline_question: 'Make the question stand alone',
  firstline_picture: 'Read a picture',
};

/** What is asked in other words, because names are kept from models, shares at least this much of its words. */
const leastShared = 0.6;

/**
 * The bot's requests to models that are about this conversation: no request names it, so they are those that were made
 * while one of its jobs was at work, and ask what was asked in it.
 */
export function modelRequests(trail: Trail, { modelCalls = [] }: Records): readonly FoundRequest[] {
  const said = wordsOf(trail.turns.flatMap(({ text, decision }) => [text, decision?.grounds.question ?? '']).join(' '));
  return modelCalls
    .filter(({ at }) => trail.jobs.some((job) => jobNames.includes(job.name) && isAtWork(job, Date.parse(at))))
    .map((call) => ({ call, told: toldIn(call.request) }))
    .filter(({ call, told }) => isAbout(said, askedIn(call, told)))
    .map(({ call, told }) => requestOf(call, told));
}

function requestOf(call: ModelCall, told: readonly Told[]): FoundRequest & Required<Pick<RequestStep, 'talk'>> {
  const { kind, path, purpose, at, ms, status, finish, request, answer } = call;
  const ofChat = purposes[purpose ?? ''] ?? 'Ask a model';
  return {
    at,
    system: 'openai',
    purpose: kind === 'embeddings' ? 'Turn the question into a vector' : ofChat,
    what: `POST ${path}`,
    status,
    error: finish === null || finish === 'stop' ? null : finish,
    failed: status === null || status >= 400,
    ms,
    sent: request,
    talk: { told, said: answer },
    jobNames,
    turnId: null,
    isGuess: false,
  };
}

type Told = NonNullable<RequestStep['talk']>['told'][number];

const labels: Readonly<Record<string, string>> = { system: 'Instructions', user: 'Data' };

/** The texts of a request, each with what it is. */
function toldIn(request: unknown): readonly Told[] {
  const messages = list(field(request, 'messages')).map((message) => {
    const role = String(field(message, 'role'));
    return { label: labels[role] ?? role, text: textOf(field(message, 'content')) };
  });
  const input = field(request, 'input');
  const texts = typeof input === 'string' ? [input] : list(input).map(String);
  return [...messages, ...texts.map((text) => ({ label: 'Text', text }))];
}

/** A text, or parts of which some are pictures. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  const parts = list(content).map((part) => field(part, 'text') ?? field(field(part, 'image_url'), 'url') ?? '');
  return parts.map(String).join('\n');
}

/** The question in it; null where there is none, as with a picture. */
function askedIn({ kind }: ModelCall, told: readonly Told[]): string | null {
  if (kind === 'embeddings') return told.map(({ text }) => text).join(' ');
  const data = told.map(({ text }) => text).join('\n');
  return /^<question>$([^]*?)^<\/question>$/m.exec(data)?.[1] ?? null;
}

function isAbout(said: ReadonlySet<string>, asked: string | null): boolean {
  if (asked === null) return true;
  const words = [...wordsOf(asked)];
  return words.filter((word) => said.has(word)).length >= words.length * leastShared;
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu));
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
