import type { Trail, TrailJob } from '../operator.ts';
import type { ModelCall } from '../openai/contract.ts';
import type { TeamsRecordedCall } from '../teams/contract.ts';
import { modelRequests } from './story-model-calls.ts';
import { type Purpose, ticketJobs } from './story-purposes.ts';
import { isAtWork } from './story-rounds.ts';
import { teamsRequests } from './story-teams.ts';
import type { RequestStep, StoryRestCall, StorySlackCall } from './story-types.ts';
import { checksOf, type WikiCall } from './story-wiki.ts';

/** What the vendors remember, and by what a conversation is known to them. */
export interface Records {
  readonly slackCalls: readonly StorySlackCall[];
  /** Not given: the bot is not in Teams. */
  readonly teamsCalls?: readonly TeamsRecordedCall[];
  readonly jiraCalls: readonly StoryRestCall[];
  /** Not given: no model is asked. */
  readonly modelCalls?: readonly ModelCall[];
  /** Not given: there is no system beside them that keeps documents. */
  readonly wikiCalls?: readonly WikiCall[];
  readonly channel: string;
  /** The `ts` of every message in the thread. */
  readonly threadTs: ReadonlySet<string>;
  /** The requester's address, by which Jira is asked for their account. */
  readonly requesterEmail: string | null;
}

/** A request before it is known what followed. */
export type FoundRequest = Omit<RequestStep, 'kind' | 'afterMs' | 'againAfterMs' | 'jobId'> & {
  readonly at: string;
  /** The kinds of job that make such a request. */
  readonly jobNames: readonly string[];
  /** The turn that it says it is about; null when it says none. */
  readonly turnId: string | null;
  /** It names a person only: it is of this conversation if one of its jobs was at work. */
  readonly isGuess: boolean;
};

export type RequestWithJob = FoundRequest & { readonly job: TrailJob | null };

const slackPurposes: Readonly<Record<string, Purpose>> = {
  'assistant.threads.setStatus': { words: 'Show in the thread how far it is', jobs: ['answer'] },
  'chat.getPermalink': {
    words: 'Ask for the link to the thread',
    jobs: ['escalate', 'link', 'suggest', 'amend', 'mirror', 'count-followers'],
  },
  'chat.postMessage': { words: 'Post in the thread', jobs: ['deliver'] },
  'chat.update': { words: 'Change an earlier post', jobs: ['settle', 'deliver'] },
  'chat.delete': { words: 'Take an earlier post away', jobs: ['deliver'] },
  'conversations.replies': { words: 'Look whether an earlier try got through', jobs: ['deliver', 'share-files'] },
  'files.completeUploadExternal': { words: 'Show a file in the thread', jobs: ['share-files'] },
  'users.info': { words: 'Ask who the person is', jobs: ['answer', 'escalate', 'settle', 'staff-act', ...ticketJobs] },
};

interface JiraPurpose extends Purpose {
  readonly method: string;
  readonly path: RegExp;
}

/** The first that fits. */
const jiraPurposes: readonly JiraPurpose[] = [
  {
    method: 'GET',
    path: /\/user\/search$/,
    words: 'Find the person’s Jira account by e-mail',
    jobs: ['escalate', 'staff-act'],
  },
  { method: 'POST', path: /\/search\/jql$/, words: 'Look whether an earlier try made the ticket', jobs: ['escalate'] },
  { method: 'POST', path: /\/issue$/, words: 'Create the ticket', jobs: ['escalate'] },
  {
    method: 'POST',
    path: /\/servicedeskapi\/request$/,
    words: 'Create the request in the service desk',
    jobs: ['escalate'],
  },
  { method: 'POST', path: /\/issueLink$/, words: 'Link it to the ticket that it continues', jobs: ['escalate'] },
  {
    method: 'PUT',
    path: /\/issue\/[^/]+\/properties\//,
    words: 'Note on the ticket what it is of',
    jobs: ['escalate'],
  },
  { method: 'POST', path: /\/remotelink$/, words: 'Link the ticket to the thread', jobs: ['link'] },
  { method: 'GET', path: /\/comment$/, words: 'Read the ticket’s comments', jobs: ticketJobs },
  { method: 'POST', path: /\/comment$/, words: 'Add a comment', jobs: ticketJobs },
  { method: 'PUT', path: /\/comment\/[^/]+$/, words: 'Change a comment', jobs: ticketJobs },
  { method: 'DELETE', path: /\/comment\/[^/]+$/, words: 'Take a comment away', jobs: ticketJobs },
  { method: 'POST', path: /\/attachments$/, words: 'Attach a file', jobs: ['mirror'] },
  { method: 'GET', path: /\/transitions$/, words: 'Ask how the ticket can be opened again', jobs: ['reopen'] },
  { method: 'POST', path: /\/transitions$/, words: 'Open the ticket again', jobs: ['reopen'] },
  { method: 'PUT', path: /\/assignee$/, words: 'Give the ticket to who takes it', jobs: ['staff-act'] },
  {
    method: 'GET',
    path: /\/issue\/[^/]+$/,
    words: 'Read the ticket',
    jobs: ['refresh-ticket', 'escalate', 'reopen', ...ticketJobs],
  },
  { method: 'PUT', path: /\/issue\/[^/]+$/, words: 'Change the ticket', jobs: ['amend', 'mirror', 'escalate'] },
];

/** The bot's requests that are about this conversation, each with the job that made it where one fits; in order. */
export function requestsOf(trail: Trail, records: Records): readonly RequestWithJob[] {
  const found = [
    ...records.slackCalls.flatMap((call) => slackRequest(call, trail, records)),
    ...teamsRequests(trail, records),
    ...jiraRequests(trail, records),
    ...modelRequests(trail, records),
    ...checksOf(records.wikiCalls ?? [], trail).map((call) => ({
      ...restRequest(call, call.system, {
        words: 'Check the cited article: still there, and who may read it?',
        jobs: ['answer'],
      }),
      isGuess: true,
    })),
  ];
  const inOrder = found
    .map((request) => ({ ...request, job: jobOf(request, trail.jobs) }))
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return inOrder.filter((request, index) => !request.isGuess || isOwnGuess(request, inOrder.slice(0, index)));
}

/** Once a job has been told what it asked, the same question is another job's, of another conversation. */
function isOwnGuess(request: RequestWithJob, earlier: readonly RequestWithJob[]): boolean {
  const { job, what } = request;
  return job !== null && !earlier.some((one) => one.job === job && one.what === what && !one.failed);
}

/** The queue lets a failed job wait for a second at least; what a job does sooner, it does in spite of the failure. */
const leastWaitMs = 500;

/** How long after a failed request it was tried again; null when it was not, or when it did not fail. */
export function againAfterMs(request: RequestWithJob, all: readonly RequestWithJob[]): number | null {
  if (!request.failed) return null;
  const after = (other: RequestWithJob) => Date.parse(other.at) - Date.parse(request.at);
  const own = all.filter((other) => other.job === request.job && after(other) > 0);
  // a new try of the job may begin with another request
  const next = own.find((other) => other.what === request.what || (other.job !== null && after(other) >= leastWaitMs));
  return next === undefined ? null : after(next);
}

function jobOf(request: FoundRequest, jobs: readonly TrailJob[]): TrailJob | null {
  const able = jobs.filter(({ name }) => request.jobNames.includes(name));
  const named = able.find(({ turnIds }) => request.turnId !== null && turnIds.includes(request.turnId));
  return named ?? able.findLast((job) => isAtWork(job, Date.parse(request.at))) ?? null;
}

function slackRequest(call: StorySlackCall, trail: Trail, records: Records): readonly FoundRequest[] {
  const isGuess = !isOfThread(call, records);
  if (isGuess && !asksForRequester(call, trail)) return [];
  const { method, args, error = null } = call;
  const { words, jobs } = slackPurposes[method] ?? { words: 'Call Slack', jobs: [] };
  const at = call.at.toISOString();
  const asked = { at, system: 'slack', purpose: words, what: method, sent: args, jobNames: jobs } as const;
  return [{ ...asked, error, ...answerOf(call), turnId: turnIdIn(args), isGuess }];
}

/** Slack refuses with status 200 and a word for why. */
function answerOf({ ok, status, ms }: StorySlackCall): Pick<FoundRequest, 'status' | 'ms' | 'failed'> {
  return { status: status ?? null, ms: ms ?? null, failed: !ok || status === null };
}

function isOfThread({ args }: StorySlackCall, { channel, threadTs }: Records): boolean {
  if (args['channel'] !== channel && args['channel_id'] !== channel) return false;
  return ['thread_ts', 'message_ts', 'ts'].some((name) => {
    const value = args[name];
    return typeof value === 'string' && threadTs.has(value);
  });
}

/** The bot asks who somebody is once, for all their conversations. */
function asksForRequester({ method, args }: StorySlackCall, { conversation }: Trail): boolean {
  const user = args['user'];
  return method === 'users.info' && typeof user === 'string' && conversation.requesterRef.endsWith(`/${user}`);
}

function turnIdIn({ metadata }: StorySlackCall['args']): string | null {
  const payload = isRecord(metadata) ? metadata['event_payload'] : null;
  const turnId = isRecord(payload) ? payload['turn_id'] : null;
  return typeof turnId === 'string' ? turnId : null;
}

function jiraRequests(trail: Trail, { jiraCalls, requesterEmail }: Records): readonly FoundRequest[] {
  const known = idsOfTicket(trail, jiraCalls);
  return jiraCalls.flatMap((call) => {
    const isGuess = !holdsName(call, trail) && !call.path.split('/').some((part) => known.has(part));
    if (isGuess && (requesterEmail === null || call.query['query'] !== requesterEmail)) return [];
    const purpose = jiraPurposes.find((one) => one.method === call.method && one.path.test(call.path));
    return [{ ...restRequest(call, 'jira', purpose ?? { words: 'Call Jira', jobs: [] }), isGuess }];
  });
}

function restRequest(
  { method, path, query, body, status, at, ms }: StoryRestCall,
  system: FoundRequest['system'],
  { words, jobs }: Purpose,
): Omit<FoundRequest, 'isGuess'> {
  return {
    at,
    system,
    purpose: words,
    what: `${method} ${path}`,
    status,
    error: null,
    failed: status === null || status >= 400,
    ms,
    sent: body ?? query,
    jobNames: jobs,
    turnId: null,
  };
}

/** What the ticket is called in paths: its key, and the ids under which something with the conversation's name was written. */
function idsOfTicket(trail: Trail, calls: readonly StoryRestCall[]): ReadonlySet<string> {
  const key = trail.ticket?.key ?? null;
  const named = calls.filter((call) => holdsName(call, trail));
  const ids = named.flatMap(({ path }) => /\/(?:issue|request)\/([^/]+)\//.exec(path)?.[1] ?? []);
  return new Set(key === null ? ids : [key, ...ids]);
}

/** The ticket's label, its property, our marks on comments, and the search for any of them hold the conversation's name. */
function holdsName({ body }: StoryRestCall, { conversation }: Trail): boolean {
  return body !== null && JSON.stringify(body).includes(conversation.name);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
