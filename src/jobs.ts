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
  readonly deliver: (turnId: string, again: boolean) => Promise<void>;
  readonly settle: (turnId: string, conversationId: string) => Promise<void>;
  readonly answerPrivately: (offerTurnId: string, conversationId: string, again: boolean) => Promise<void>;
  readonly handOverUnsent: (conversationId: string) => Promise<void>;
  readonly escalate: (conversationId: string) => Promise<void>;
  readonly tellOtherwise: (conversationId: string) => Promise<void>;
  readonly link: (conversationId: string) => Promise<void>;
  readonly comment: (turnIds: readonly string[], conversationId: string) => Promise<void>;
  readonly sync: (source: string, dry: boolean) => Promise<void>;
  readonly refresh: (source: string, documentId: string) => Promise<void>;
  readonly tellAdmin: (source: string, email: string, again: boolean) => Promise<void>;
}

/** Every kind of durable work in the program. */
export function jobTable(flows: Flows): JobTable {
  return { ...inThreads(flows), ...onTickets(flows), ...onKnowledge(flows) };
}

function inThreads(flows: Flows): Pick<JobTable, 'answer' | 'deliver' | 'settle' | 'answer-privately'> {
  return {
    answer: {
      run: ({ conversationId = '' }) => flows.answer(conversationId),
      maxTries: briefly,
      giveUp: ({ conversationId = '' }) => flows.handOverUnanswered(conversationId),
    },
    deliver: {
      run: ({ turnId = '' }, { again }) => flows.deliver(turnId, again),
      maxTries: untilItIsBack,
      giveUp: null,
    },
    settle: {
      run: ({ turnId = '', conversationId = '' }) => flows.settle(turnId, conversationId),
      maxTries: untilItIsBack,
      giveUp: null,
    },
    'answer-privately': {
      run: ({ turnId = '', conversationId = '' }, { again }) => flows.answerPrivately(turnId, conversationId, again),
      maxTries: untilItIsBack,
      giveUp: ({ conversationId = '' }) => flows.handOverUnsent(conversationId),
    },
  };
}

function onTickets(flows: Flows): Pick<JobTable, 'escalate' | 'link' | 'comment'> {
  return {
    escalate: {
      run: ({ conversationId = '' }) => flows.escalate(conversationId),
      maxTries: untilItIsBack,
      giveUp: ({ conversationId = '' }) => flows.tellOtherwise(conversationId),
    },
    link: {
      run: ({ conversationId = '' }) => flows.link(conversationId),
      maxTries: untilItIsBack,
      giveUp: null,
    },
    comment: {
      run: ({ turnIds = '', conversationId = '' }) => flows.comment(turnIds.split(' '), conversationId),
      maxTries: untilItIsBack,
      giveUp: null,
    },
  };
}

function onKnowledge(flows: Flows): Pick<JobTable, 'sync' | 'refresh' | 'tell-admin'> {
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
    'tell-admin': {
      run: ({ source = '', email = '' }, { again }) => flows.tellAdmin(source, email, again),
      maxTries: untilItIsBack,
      giveUp: null,
    },
  };
}
