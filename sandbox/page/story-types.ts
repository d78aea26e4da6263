/** One request of the local Slack or Teams to the bot, as it remembers it. */
export interface StoryDelivery {
  readonly id: string;
  /** Counts from 1. */
  readonly attempt: number;
  /** Null when no answer came. */
  readonly status: number | null;
  readonly at: Date;
  readonly ms: number;
  /** What it tells of, in words, where its type alone does not say. */
  readonly title?: string;
  readonly about: {
    readonly type: string;
    readonly channel: string;
    readonly ts: string;
    readonly actionTs: string | null;
  } | null;
}

/** One call of the bot to the local Slack. `status` and `ms` are not there before it is over. */
export interface StorySlackCall {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly ok: boolean;
  readonly error?: string;
  readonly at: Date;
  readonly status?: number | null;
  readonly ms?: number;
}

/** One call of the bot to the local Jira, Notion or Confluence. */
export interface StoryRestCall {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly status: number | null;
  readonly at: string;
  readonly ms: number;
}

interface Timed {
  /** ISO; null where only the order is known. */
  readonly at: string | null;
  /** Since the first event of the round. */
  readonly afterMs: number | null;
}

/** Slack or Teams tells the bot that something happened. */
export interface EventStep extends Timed {
  readonly kind: 'event';
  /** The app's id of the event, or the bot's name for a click. */
  readonly id: string;
  /**
   * Of Slack `message`, `app_mention`, `message_changed`, `message_deleted`, `block_actions`; of Teams the activity's
   * type, an invoke's name, or an edit's event type. Null when the app's record is gone.
   */
  readonly type: string | null;
  /** What it tells of, in words; given for Teams. */
  readonly title?: string;
  /** When the bot stored it; null: it knew it already, or had no use for it. */
  readonly storedAt: string | null;
  readonly attempts: readonly { readonly attempt: number; readonly status: number | null; readonly ms: number }[];
}

export interface SearchStep extends Timed {
  readonly kind: 'search';
  readonly question: string;
  readonly corrections: readonly { readonly from: string; readonly to: string }[];
  readonly passages: readonly StoryPassage[];
}

export interface StoryPassage {
  readonly title: string;
  readonly url: string;
  readonly section: string | null;
  readonly score: number;
  readonly restricted: boolean;
}

export interface ConfidenceStep extends Timed {
  readonly kind: 'confidence';
  /** 0 to 1, as the thresholds. */
  readonly value: number;
  readonly answerAt: number | null;
  readonly suggestAt: number | null;
  readonly signals: readonly { readonly name: string; readonly value: number }[];
}

export interface DecisionStep extends Timed {
  readonly kind: 'decision';
  readonly decision: string;
  readonly reason: string | null;
  /** One sentence for somebody who does not know the program. */
  readonly verdict: string;
  readonly quote: string | null;
  /** What a model wrote and is said in place of the quote; `cites`: places in the citations, from 0. Null: nothing. */
  readonly written: readonly { readonly text: string; readonly cites: readonly number[] }[] | null;
  /** Pictures of the question that nobody has read. */
  readonly unreadPictures: number;
  readonly citations: readonly Omit<StoryPassage, 'score'>[];
}

/** What models had to do with a decision. Costs are of the currency that prices are set in. */
export interface ModelStep extends Timed {
  readonly kind: 'model';
  /** As the server names it. */
  readonly model: string;
  /** What came of it, a sentence. */
  readonly sentence: string;
  readonly outcome: 'written' | 'stepped-down' | 'other';
  readonly calls: readonly {
    readonly purpose: string;
    readonly outcome: string;
    readonly failed: boolean;
    readonly ms: number;
    readonly costs: string;
  }[];
  /** Of all calls together. */
  readonly costs: string;
  readonly checks: readonly { readonly words: string; readonly held: boolean }[];
  /** Sentences that the checks took out. */
  readonly dropped: number;
  /** That the written answer is right, 0 to 1; null when nothing was written. */
  readonly confidence: {
    readonly value: number;
    readonly signals: readonly { readonly name: string; readonly value: number }[];
  } | null;
  /** The versions of the prompts. */
  readonly prompts: readonly string[];
}

export interface JobStep extends Timed {
  readonly kind: 'job';
  readonly id: string;
  readonly name: string;
  readonly state: 'waiting' | 'running' | 'retrying' | 'done' | 'given-up';
  readonly tries: number;
  /** From when it was sent until its last try began; null before. */
  readonly waitedMs: number | null;
  /** Its last try; null before its end. */
  readonly ranMs: number | null;
  readonly error: string | null;
}

export interface RequestStep extends Timed {
  readonly kind: 'request';
  readonly system: 'slack' | 'teams' | 'jira' | 'notion' | 'confluence' | 'openai';
  /** What it is for, in plain words. */
  readonly purpose: string;
  /** `POST /rest/api/3/issue`, `chat.postMessage`. */
  readonly what: string;
  /** Null when no answer was given. */
  readonly status: number | null;
  /** The vendor's word for a refusal. */
  readonly error: string | null;
  readonly failed: boolean;
  /** Null while it is under way, and when the server has not measured it. */
  readonly ms: number | null;
  /** How long after a failure the same was tried again; null when it was not. */
  readonly againAfterMs: number | null;
  /** The job that made it, where that is known. */
  readonly jobId: string | null;
  /** What was sent. */
  readonly sent: unknown;
  /** Of a request to a model: what was said to it, and what it said; null when it said nothing. */
  readonly talk?: {
    readonly told: readonly { readonly label: string; readonly text: string }[];
    readonly said: string | null;
  };
}

export type Step = EventStep | SearchStep | ConfidenceStep | ModelStep | DecisionStep | JobStep | RequestStep;

/** What people said up to one decision, and all that came of it. */
export interface Round {
  readonly said: readonly {
    readonly author: string;
    readonly text: string;
    readonly ts: string | null;
    readonly files: readonly string[];
    readonly action: string | null;
    /** What was entered in a form, in words; null when none was sent. */
    readonly entered: string | null;
    readonly withdrawn: boolean;
  }[];
  /** Null while nothing is decided. */
  readonly verdict: { readonly decision: string; readonly sentence: string } | null;
  /** From the first event until the bot's words stood in the thread; null when nothing was posted. */
  readonly tookMs: number | null;
  /** In the order of time. */
  readonly steps: readonly Step[];
  /** Said where records are missing. */
  readonly gap: string | null;
}

/** The message that the story was asked for. */
export interface StoryMessage {
  readonly author: string;
  readonly text: string;
  readonly ts: string;
}

export interface Story {
  readonly state: 'told' | 'not-stored' | 'unavailable';
  readonly message: StoryMessage;
  readonly ticket: { readonly key: string; readonly url: string | null } | null;
  readonly rounds: readonly Round[];
  /** The round that the message belongs to. */
  readonly current: number;
  /** Why there is nothing to tell; null when there is. */
  readonly why: string | null;
  /** How the app told the bot of the message; filled when there is nothing else to tell. */
  readonly events: readonly EventStep[];
}
