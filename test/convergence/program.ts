import { NO_ROUTING } from '#domain/routing.ts';
import type { Freshness } from '#knowledge-ports.ts';
import type { ChatPlatform } from '#chat-ports.ts';
import type { Store } from '#ports.ts';
import { createJira } from '../../adapters/jira/index.ts';
import { createJiraWebhook } from '../../adapters/jira/webhook.ts';
import type { Database } from '../../adapters/postgres/database.ts';
import { createStore } from '../../adapters/postgres/store.ts';
import { createSlack } from '../../adapters/slack/index.ts';
import type { JiraSandbox } from '../../sandbox/jira/index.ts';
import type { SlackSandbox } from '../../sandbox/slack/index.ts';
import { createAmend, createDescribe } from '../../src/flows/amend.ts';
import { createAnswer } from '../../src/flows/answer.ts';
import { createAnswerPrivately, createHandOverUnsent } from '../../src/flows/answer-privately.ts';
import { createCarryOver } from '../../src/flows/carry-over.ts';
import { createCountFollowers } from '../../src/flows/count-followers.ts';
import { createDeliver, createSettle } from '../../src/flows/deliver.ts';
import { createEscalate, createTellOtherwise } from '../../src/flows/escalate.ts';
import { createLink } from '../../src/flows/link.ts';
import { createMirror } from '../../src/flows/mirror.ts';
import { createProposeLesson } from '../../src/flows/propose-lesson.ts';
import { createRefreshTicket } from '../../src/flows/refresh-ticket.ts';
import { createReopen } from '../../src/flows/reopen.ts';
import { createShareFiles } from '../../src/flows/share-files.ts';
import { createStaffAct } from '../../src/flows/staff-act.ts';
import { createSuggest } from '../../src/flows/suggest.ts';
import { createHandOverUnanswered } from '../../src/flows/unanswered.ts';
import { createClose, createWatchTickets } from '../../src/flows/watch-tickets.ts';
import { createInbox } from '../../src/inbox.ts';
import { type Flows, type JobTable, jobTable } from '../../src/jobs.ts';
import { loadDraftWeights, loadWeights } from '../../src/policy.ts';
import { createGates, type Gates, storeWith } from './gates.ts';
import type { Door } from './office.ts';
import type { Queue } from './queue.ts';

export const webhookSecret = 'a-long-random-word-for-tests';
const log = { debug() {}, info() {}, warn() {}, error() {} };
const weights = loadWeights(null);
const draftWeights = loadDraftWeights(null);
/** All that is found is an answer. */
const policy = { answerAt: 0.001, suggestAt: 0.001, writtenAt: 1, excludedTopics: [] };
const limits = { largestBytes: 1_000_000, refusedTypes: ['exe'] };

export interface Surroundings {
  readonly database: Database;
  readonly slack: SlackSandbox;
  readonly jira: JiraSandbox;
  readonly queue: Queue;
  readonly door: Door;
  readonly clock: () => Date;
  /** Null: none. */
  readonly triageChannel: string | null;
  /** A fault of the product, put in on purpose to see whether it is noticed. */
  readonly defect: Defect | null;
}

/**
 * `no-marks`: what we wrote is read as somebody's comment. `believed-hint`: a redelivered job takes what it read before
 * for what is so now. `early-record`: a comment is noted before it is made. `lost-edit`: changes of messages are dropped.
 */
export type Defect = 'no-marks' | 'believed-hint' | 'early-record' | 'lost-edit' | 'again-ignored';

/** One process of the program, from its start until it is killed. */
export interface Life {
  readonly gates: Gates;
  readonly table: JobTable;
  /** Waits until what was taken in is stored, and its form is open. */
  settle(): Promise<void>;
}

/** All that `main.ts` builds for conversations and tickets, anew; nothing in memory is left of the life before. */
export async function startLife(around: Surroundings): Promise<Life> {
  const { database, queue, door, clock } = around;
  const gates = createGates();
  const real = createStore(database, { language: 'english' });
  const inbox = createInbox(storeWith(real, queue), clock);
  const slack = createSlack(
    {
      botToken: around.slack.botToken,
      signingSecret: around.slack.signingSecret,
      appToken: null,
      apiUrl: around.slack.apiUrl,
    },
    { inbox: around.defect === 'lost-edit' ? { ...inbox, change: async () => {} } : inbox, log, clock },
  );
  const { email, apiToken, projectKey, url: baseUrl } = around.jira;
  const jiraConfig = { baseUrl, email, apiToken, projectKey, issueType: 'Task', searchLagMs: 0 };
  const jira = withDefect(createJira(jiraConfig, { clock, log }), around.defect, around.jira);
  const hook = createJiraWebhook({ secret: webhookSecret }, { onHint: (hint) => inbox.ticketHint(hint), log });
  door.lead([...(slack.webhook === null ? [] : [slack.webhook]), hook]);
  await slack.start();
  const store = gates.store(real, queue);
  const chat = gates.port('slack', slack, [
    'webhook',
    'channelOf',
    'linkOf',
    'messageOf',
    'hasNoThreads',
    'start',
    'stop',
  ]);
  const ticketing = gates.port('jira', jira, []);
  return {
    gates,
    table: jobTable(flowsOf({ store, chat, ticketing, around })),
    async settle() {
      await slack.stop();
      await slack.start();
    },
  };
}

type Jira = ReturnType<typeof createJira>;

function withDefect(jira: Jira, defect: Defect | null, sandbox: JiraSandbox): Jira {
  if (defect === 'no-marks') {
    return {
      ...jira,
      async read(ticketId) {
        const state = await jira.read(ticketId);
        if (state === null) return null;
        const at = new Date(0);
        const read = sandbox.issue(ticketId)?.comments ?? [];
        const echoed = Array.from(state.ours.values(), (id) => {
          const markdown = JSON.stringify(read.find((one) => one.id === id)?.body ?? '');
          return { id, author: 'IT', by: 'agent' as const, markdown, at, version: '', files: [] };
        });
        return { ...state, comments: [...state.comments, ...echoed] };
      },
    };
  }
  if (defect === 'believed-hint') {
    const read = new Map<string, Awaited<ReturnType<Jira['read']>>>();
    return {
      ...jira,
      async read(ticketId) {
        const believed = read.get(ticketId) ?? (await jira.read(ticketId));
        read.set(ticketId, believed);
        return believed;
      },
    };
  }
  return jira;
}

interface Parts {
  readonly store: Store;
  readonly chat: ChatPlatform;
  readonly ticketing: Jira;
  readonly around: Surroundings;
}

function flowsOf({ store, chat, ticketing, around }: Parts): Flows {
  const { clock, triageChannel } = around;
  const platforms = new Map([[chat.name, chat]]);
  const threads = { store, platforms, clock };
  const showsCards = triageChannel !== null;
  const escalation = {
    ...threads,
    ticketing,
    answerAt: policy.answerAt,
    routing: NO_ROUTING,
    limits,
    hours: null,
    showsCards,
  };
  const triage = triageChannel === null ? null : { platform: chat.name, channel: triageChannel, admins: [] };
  const freshness: Freshness = { check: async () => 'current' };
  return {
    answer: createAnswer({ ...threads, policy, weights, draftWeights, models: null, freshness, incidents: null }),
    handOverUnanswered: createHandOverUnanswered(threads),
    deliver: createDeliver({ ...threads, triage, limits, log }),
    settle: createSettle({ ...threads, log }),
    carryOver: createCarryOver(threads),
    greet: async () => {},
    answerPrivately: createAnswerPrivately(threads),
    handOverUnsent: createHandOverUnsent(threads),
    escalate: createEscalate(escalation),
    tellOtherwise: createTellOtherwise(escalation),
    link: createLink(escalation),
    amend: createAmend(escalation),
    suggest: createSuggest(escalation),
    mirror: createMirror({
      ...escalation,
      ticketing: around.defect === 'early-record' ? recordedEarly(ticketing) : ticketing,
      limits,
      describe: createDescribe(escalation),
    }),
    reopen: createReopen(escalation, 'reopen'),
    close: createClose({ store, clock }),
    refreshTicket: createRefreshTicket({ store, ticketing, admins: [], clock, log }),
    shareFiles: createShareFiles({ store, platforms, ticketing, limits }),
    watchTickets: createWatchTickets({ store, ticketing, closeAfterDays: 30, clock, log }),
    countFollowers: createCountFollowers(escalation),
    staffAct: createStaffAct(escalation),
    proposeLesson: createProposeLesson({ store, ticketing, triageChannel, clock }),
    sync: async () => {},
    refresh: async () => {},
    embed: async () => {},
    tellAdmin: async () => {},
  };
}

/** As if a comment were noted before it is made: an attempt that fails is taken for one that has come through. */
function recordedEarly(ticketing: Jira): Jira {
  return {
    ...ticketing,
    searchLagMs: ticketing.searchLagMs,
    ensureComment: (ticketId, draft) => ticketing.ensureComment(ticketId, draft).catch(() => ({ commentId: '1' })),
  };
}
