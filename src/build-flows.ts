import type { PlatformName } from '#domain/conversation.ts';
import { createFreshness } from '../knowledge-sync/refresh.ts';
import type { Config } from './config.ts';
import { createAmend, createDescribe } from './flows/amend.ts';
import { createAnswer } from './flows/answer.ts';
import { createAnswerPrivately, createHandOverUnsent } from './flows/answer-privately.ts';
import { createCarryOver } from './flows/carry-over.ts';
import { createCountFollowers } from './flows/count-followers.ts';
import { createDeliver, createSettle } from './flows/deliver.ts';
import { createEscalate, createTellOtherwise, type EscalationDeps } from './flows/escalate.ts';
import { createGreet } from './flows/greet.ts';
import { createLink } from './flows/link.ts';
import { createMirror } from './flows/mirror.ts';
import { createProposeLesson } from './flows/propose-lesson.ts';
import { createRefreshTicket } from './flows/refresh-ticket.ts';
import { createReopen } from './flows/reopen.ts';
import { createShareFiles } from './flows/share-files.ts';
import { createStaffAct } from './flows/staff-act.ts';
import { createSuggest } from './flows/suggest.ts';
import { createTellAdmin } from './flows/tell-admin.ts';
import { createHandOverUnanswered } from './flows/unanswered.ts';
import { createClose, createWatchTickets } from './flows/watch-tickets.ts';
import type { ModelDeps } from './flows/model-session.ts';
import type { PacedSource } from './build-sources.ts';
import type { Flows } from './jobs.ts';
import { loadDraftWeights, loadWeights, policyOf } from './policy.ts';
import type { ChatPlatform } from './chat-ports.ts';
import type { Clock, Log, Store } from './ports.ts';
import { loadRouting } from './routing-file.ts';
import type { Ticketing } from './ticket-ports.ts';

export interface FlowParts {
  readonly config: Config;
  readonly store: Store;
  readonly platforms: ReadonlyMap<PlatformName, ChatPlatform>;
  readonly jira: Ticketing;
  readonly sources: readonly PacedSource[];
  /** Null: no model is asked. */
  readonly models: ModelDeps | null;
  readonly log: Log;
  readonly clock: Clock;
}

/** Somebody waits for the answer: milliseconds for the sources to say whether it is current, and to be read again. */
const patience = { askMs: 3_000, readMs: 8_000 };

/** The flows of conversations and their tickets, from top to bottom. Part of the composition root. */
export function buildFlows(parts: FlowParts): Omit<Flows, 'sync' | 'refresh' | 'embed'> {
  const { config, store, platforms, jira, sources, models, log, clock } = parts;
  const weights = loadWeights(config.policy.weightsFile);
  const draftWeights = loadDraftWeights(config.models?.weightsFile ?? null);
  const writtenAt = config.models?.writtenAt ?? null;
  const policy = policyOf({ weights, draftWeights }, { ...config.policy, writtenAt });
  const { knowledge } = store;
  const { incidents, triageChannel, hours } = config.tickets;
  const freshness = createFreshness({ sources: sources.map(({ source }) => source), knowledge, log, ...patience });
  const routing = loadRouting(config.tickets.routingFile);
  const showsCards = triageChannel !== null;
  const threads = { store, platforms, clock };
  const { files: limits } = config.tickets;
  const escalation = { ...threads, ticketing: jira, answerAt: policy.answerAt, routing, limits, hours, showsCards };
  const triage =
    triageChannel === null
      ? null
      : { platform: platformOfChannel(triageChannel), channel: triageChannel, admins: config.admins };
  return {
    answer: createAnswer({ ...threads, policy, weights, draftWeights, models, freshness, incidents }),
    handOverUnanswered: createHandOverUnanswered(threads),
    deliver: createDeliver({ ...threads, triage, limits, log }),
    settle: createSettle({ ...threads, log }),
    answerPrivately: createAnswerPrivately(threads),
    carryOver: createCarryOver(threads),
    greet: createGreet({ platforms, triageChannel }),
    handOverUnsent: createHandOverUnsent(threads),
    escalate: createEscalate(escalation),
    tellOtherwise: createTellOtherwise(escalation),
    link: createLink(escalation),
    amend: createAmend(escalation),
    suggest: createSuggest(escalation),
    tellAdmin: createTellAdmin({ faults: store.syncRuns, platforms, log }),
    ...buildTicketLoop(parts, escalation),
  };
}

/** Channels of Teams have a `:` in their ids, and those of Slack never. */
function platformOfChannel(channel: string): PlatformName {
  return channel.includes(':') ? 'teams' : 'slack';
}

type LoopFlow =
  | 'mirror'
  | 'reopen'
  | 'close'
  | 'refreshTicket'
  | 'shareFiles'
  | 'watchTickets'
  | 'countFollowers'
  | 'staffAct'
  | 'proposeLesson';

/** What keeps a thread and its ticket together. */
function buildTicketLoop({ config, log, clock }: FlowParts, escalation: EscalationDeps): Pick<Flows, LoopFlow> {
  const { afterClosing, closeAfterDays, files: limits, triageChannel } = config.tickets;
  const { store, ticketing, platforms } = escalation;
  return {
    mirror: createMirror({ ...escalation, limits, describe: createDescribe(escalation) }),
    reopen: createReopen(escalation, afterClosing),
    close: createClose({ store, clock }),
    refreshTicket: createRefreshTicket({ store, ticketing, admins: config.admins, clock, log }),
    shareFiles: createShareFiles({ store, platforms, ticketing, limits }),
    watchTickets: createWatchTickets({ store, ticketing, closeAfterDays, clock, log }),
    countFollowers: createCountFollowers(escalation),
    staffAct: createStaffAct(escalation),
    proposeLesson: createProposeLesson({ store, ticketing, triageChannel, clock }),
  };
}
