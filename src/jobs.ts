import type { Arrival } from './chat-ports.ts';
import type { JobName } from './ports.ts';

/** What a job does, and how long it is tried. */
export interface Job {
  /** May run twice: each has at most one outside effect, and that one changes nothing the second time. */
  readonly run: (data: JobData, attempt: Attempt) => Promise<void>;
  /** Tries before it is given up: with waits that double up to a minute, 12 are about 5 minutes, 4000 about three days. */
  readonly maxTries: number;
  /** What is done for the employee when the tries are used up; the job is kept as dead in any case, and reported. */
  readonly giveUp: ((data: JobData) => Promise<void>) | null;
}
/** `again`: an earlier run may have had its effect without our hearing of it. */
export interface Attempt {
  readonly again: boolean;
}
export type JobData = Readonly<Record<string, string>>;
export type JobTable = Readonly<Record<JobName, Job>>;

/** A model or database that fails answers nobody: the employee rather gets a ticket soon. */
const briefly = 5;
/** A chat platform or ticket system that is down comes back: it delays, it never loses. */
const untilItIsBack = 4000;

/** The flows, as functions of a job's ids. */
export interface Flows {
  readonly answer: (conversationId: string) => Promise<void>;
  readonly handOverUnanswered: (conversationId: string) => Promise<void>;
  readonly deliver: (turnIds: readonly string[], again: boolean) => Promise<void>;
  readonly settle: (turnId: string, conversationId: string) => Promise<void>;
  readonly carryOver: (turnId: string, conversationId: string) => Promise<void>;
  readonly greet: (arrival: Arrival, again: boolean) => Promise<void>;
  readonly answerPrivately: (offerTurnId: string, conversationId: string, again: boolean) => Promise<void>;
  readonly handOverUnsent: (conversationId: string) => Promise<void>;
  readonly escalate: (conversationId: string) => Promise<void>;
  readonly tellOtherwise: (conversationId: string) => Promise<void>;
  readonly link: (conversationId: string) => Promise<void>;
  readonly mirror: (conversationId: string, again: boolean) => Promise<void>;
  readonly amend: (conversationId: string) => Promise<void>;
  readonly suggest: (conversationId: string) => Promise<void>;
  readonly reopen: (conversationId: string) => Promise<void>;
  readonly close: (conversationId: string) => Promise<void>;
  readonly refreshTicket: (conversationId: string) => Promise<void>;
  readonly shareFiles: (turnId: string, again: boolean) => Promise<void>;
  readonly watchTickets: () => Promise<void>;
  readonly countFollowers: (conversationId: string) => Promise<void>;
  readonly staffAct: (turnId: string, conversationId: string) => Promise<void>;
  readonly proposeLesson: (conversationId: string) => Promise<void>;
  readonly sync: (source: string, dry: boolean) => Promise<void>;
  readonly refresh: (source: string, documentId: string) => Promise<void>;
  readonly embed: () => Promise<void>;
  readonly tellAdmin: (source: string, email: string, again: boolean) => Promise<void>;
}

/** Every kind of durable work in the program. */
export function jobTable(flows: Flows): JobTable {
  return { ...inThreads(flows), ...onTickets(flows), ...fromTickets(flows), ...ofStaff(flows), ...onKnowledge(flows) };
}

/** A job about a conversation that is tried until the system it needs is back. */
function lasting(run: (conversationId: string, again: boolean) => Promise<void>): Job {
  return {
    run: ({ conversationId = '' }, { again }) => run(conversationId, again),
    maxTries: untilItIsBack,
    giveUp: null,
  };
}

function inThreads(
  flows: Flows,
): Pick<JobTable, 'answer' | 'deliver' | 'settle' | 'answer-privately' | 'carry-over' | 'greet'> {
  return {
    answer: {
      run: ({ conversationId = '' }) => flows.answer(conversationId),
      maxTries: briefly,
      giveUp: ({ conversationId = '' }) => flows.handOverUnanswered(conversationId),
    },
    deliver: {
      run: ({ turnId = '', turnIds = turnId }, { again }) => flows.deliver(turnIds.split(' '), again),
      maxTries: untilItIsBack,
      giveUp: null,
    },
    settle: {
      run: ({ turnId = '', conversationId = '' }) => flows.settle(turnId, conversationId),
      maxTries: untilItIsBack,
      giveUp: null,
    },
    'carry-over': {
      run: ({ turnId = '', conversationId = '' }) => flows.carryOver(turnId, conversationId),
      maxTries: untilItIsBack,
      giveUp: null,
    },
    greet: {
      run: ({ platform, chat = '', place }, { again }) =>
        flows.greet({ platform: platformOf(platform), chat, place: place === 'direct' ? 'direct' : 'channel' }, again),
      maxTries: briefly,
      giveUp: null,
    },
    'answer-privately': {
      run: ({ turnId = '', conversationId = '' }, { again }) => flows.answerPrivately(turnId, conversationId, again),
      maxTries: untilItIsBack,
      giveUp: ({ conversationId = '' }) => flows.handOverUnsent(conversationId),
    },
  };
}

/** As it was sent; a job's data is plain text. */
function platformOf(name: string | undefined): Arrival['platform'] {
  return name === 'teams' ? 'teams' : 'slack';
}

function onTickets(
  flows: Flows,
): Pick<JobTable, 'escalate' | 'link' | 'mirror' | 'amend' | 'suggest' | 'reopen' | 'close' | 'count-followers'> {
  return {
    escalate: {
      run: ({ conversationId = '' }) => flows.escalate(conversationId),
      maxTries: untilItIsBack,
      giveUp: ({ conversationId = '' }) => flows.tellOtherwise(conversationId),
    },
    link: lasting(flows.link),
    mirror: lasting(flows.mirror),
    amend: lasting(flows.amend),
    suggest: lasting(flows.suggest),
    reopen: lasting(flows.reopen),
    close: lasting(flows.close),
    'count-followers': lasting(flows.countFollowers),
  };
}

function fromTickets(flows: Flows): Pick<JobTable, 'refresh-ticket' | 'share-files' | 'watch-tickets'> {
  return {
    'refresh-ticket': lasting(flows.refreshTicket),
    'share-files': {
      run: ({ turnId = '' }, { again }) => flows.shareFiles(turnId, again),
      maxTries: untilItIsBack,
      giveUp: null,
    },
    // Sent anew all the time: what one has not found the next will.
    'watch-tickets': { run: () => flows.watchTickets(), maxTries: briefly, giveUp: null },
  };
}

function ofStaff(flows: Flows): Pick<JobTable, 'staff-act' | 'propose-lesson'> {
  return {
    'staff-act': {
      run: ({ turnId = '', conversationId = '' }) => flows.staffAct(turnId, conversationId),
      maxTries: untilItIsBack,
      giveUp: null,
    },
    'propose-lesson': lasting(flows.proposeLesson),
  };
}

function onKnowledge(flows: Flows): Pick<JobTable, 'sync' | 'refresh' | 'embed' | 'tell-admin'> {
  return {
    sync: {
      run: ({ source = '', dry }) => flows.sync(source, dry === 'yes'),
      maxTries: briefly,
      giveUp: null,
    },
    refresh: {
      run: ({ source = '', documentId = '' }) => flows.refresh(source, documentId),
      maxTries: briefly,
      giveUp: null,
    },
    // Sent anew all the time: what one has not come to the next will.
    embed: { run: () => flows.embed(), maxTries: briefly, giveUp: null },
    'tell-admin': {
      run: ({ source = '', email = '' }, { again }) => flows.tellAdmin(source, email, again),
      maxTries: untilItIsBack,
      giveUp: null,
    },
  };
}
