import type { Trail } from '../operator.ts';
import type { TeamsRecordedCall } from '../teams/contract.ts';
import { type Purpose, ticketJobs } from './story-purposes.ts';
import type { FoundRequest, Records } from './story-requests.ts';
import { stampsOf } from './story-rounds.ts';
import { isFlat, teamsIdOf } from './teams-ids.ts';

/** What a call of the connector is about, read from its path. */
interface Place {
  /** Without the thread. */
  readonly chat: string;
  /** The thread's first message; null in a chat without threads, or where none is named. */
  readonly root: string | null;
  /** `activities`, `members`, `pagedmembers`. */
  readonly what: string;
  /** Of the activity or the member. */
  readonly id: string | null;
}

interface Known {
  readonly channel: string;
  /** The ids of the conversation's messages in Teams. */
  readonly ids: ReadonlySet<string>;
  readonly turnIds: ReadonlySet<string>;
}

interface TeamsPurpose extends Purpose {
  readonly method: string;
  readonly what: RegExp;
}

const typing: Purpose = { words: 'Show that it is typing', jobs: ['answer'] };

/** The first that fits. https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference */
const purposes: readonly TeamsPurpose[] = [
  {
    method: 'POST',
    what: /^activities$/,
    words: 'Post in the conversation',
    jobs: ['deliver', 'share-files', 'greet'],
  },
  { method: 'PUT', what: /^activities$/, words: 'Change an earlier post', jobs: ['settle', 'deliver'] },
  { method: 'DELETE', what: /^activities$/, words: 'Take an earlier post away', jobs: ['deliver', 'settle'] },
  {
    method: 'GET',
    what: /^members$/,
    words: 'Ask who the person is',
    jobs: ['answer', 'escalate', 'settle', 'staff-act', ...ticketJobs],
  },
  { method: 'GET', what: /^pagedmembers$/, words: 'Ask who reads along', jobs: ['answer', ...ticketJobs] },
];

/**
 * The bot's calls of Teams' connector that are about this conversation. Where there are no threads a call does not always
 * say which conversation of the chat it is about: then it is a guess, by the job that was at work.
 */
export function teamsRequests(trail: Trail, { teamsCalls = [], channel, threadTs }: Records): readonly FoundRequest[] {
  const ids = [...threadTs, ...trail.turns.flatMap(stampsOf)].map(teamsIdOf);
  const known = { channel, ids: new Set(ids), turnIds: new Set(trail.turns.map(({ id }) => id)) };
  return teamsCalls.flatMap((call) => {
    const place = placeOf(call.path);
    if (place === null || place.chat !== channel) return [];
    const isSure = isOwn(call, place, known);
    if (!isSure && !mayBeOwn(call, place)) return [];
    return [requestOf(call, place, !isSure)];
  });
}

function requestOf(
  call: TeamsRecordedCall & { readonly tookMs?: number },
  place: Place,
  isGuess: boolean,
): FoundRequest {
  const { method, path, body, status, at, tookMs = null } = call;
  const purpose = purposes.find((one) => one.method === method && one.what.test(place.what));
  const { words, jobs } = field(body, 'type') === 'typing' ? typing : (purpose ?? { words: 'Call Teams', jobs: [] });
  return {
    at: new Date(at).toISOString(),
    system: 'teams',
    purpose: words,
    what: `${method} ${path}`,
    status,
    error: errorIn(call),
    failed: status === null || status >= 400,
    ms: tookMs,
    sent: body,
    jobNames: jobs,
    turnId: turnIdIn(body),
    isGuess,
  };
}

/** It names a message of the conversation, made one, or shows one of its turns. */
function isOwn({ body, answer }: TeamsRecordedCall, { what, id, root }: Place, { ids, turnIds }: Known): boolean {
  if (what !== 'activities') return false;
  // a part of a stream names the message that it becomes
  const [made, streamed] = [field(answer, 'id'), field(field(body, 'channelData'), 'streamId')];
  if ([root, id, made, streamed].some((name) => typeof name === 'string' && ids.has(name))) return true;
  const turn = turnIdIn(body);
  return turn !== null && turnIds.has(turn);
}

/** A question about people, or what was posted in a chat without threads and made no message: typing, or a failed try. */
function mayBeOwn({ method, status, body }: TeamsRecordedCall, { what, chat }: Place): boolean {
  if (what !== 'activities') return true;
  if (!isFlat(chat) || method !== 'POST') return false;
  return field(body, 'type') === 'typing' || status === null || status >= 400;
}

function placeOf(path: string): Place | null {
  const found = /\/v3\/conversations\/([^/]+)\/(activities|members|pagedmembers)(?:\/([^/?]+))?/.exec(path);
  if (found === null) return null;
  const [, conversation = '', what = '', id = null] = found;
  const [chat = '', thread = ''] = conversation.split(';messageid=');
  return { chat, root: thread === '' ? null : thread, what, id };
}

/** The turn whose buttons a card has. */
function turnIdIn(body: unknown): string | null {
  return /"turn":"([^"]+)"/.exec(JSON.stringify(body ?? null))?.[1] ?? null;
}

/** Teams' own word for a refusal. */
function errorIn({ status, answer }: TeamsRecordedCall): string | null {
  const code = field(field(answer, 'error'), 'code');
  return status !== null && status >= 400 && typeof code === 'string' ? code : null;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
