import type { Confidence } from './confidence.ts';
import type { CheckName } from './draft/draft.ts';
import type { Correction } from './knowledge.ts';
import type { RequestLine } from './reply.ts';

/** Why a person takes over. The words go into the ticket as labels, so treat them as published. */
export type EscalationReason =
  | 'asked-for-a-person'
  | 'excluded-topic'
  | 'nothing-found'
  | 'unsure'
  | 'unavailable'
  /** The model finds that it takes somebody's hands or leave: an approval, a repair. */
  | 'needs-a-person'
  /** A solved problem is back, and the company wants a new ticket for that. */
  | 'came-back';

/**
 * Why nothing is said. `acknowledged`: an "ok" or a thumb after our words. `handed-over`: a ticket is open already.
 * `sent-privately`: what is to be said is said in direct messages.
 */
export type SilenceReason =
  | 'solved'
  | 'colleagues-talking'
  | 'not-addressed'
  | 'withdrawn'
  | 'acknowledged'
  | 'handed-over'
  | 'sent-privately'
  /** A form or a rating: kept, and told to IT, but nothing to answer. */
  | 'noted';

/** A document as shown to the employee. */
export interface Citation {
  readonly chunkId: string;
  /** Left out in what a version has stored that knew of one source only. */
  readonly source?: string;
  /** Unique within its source. */
  readonly documentId: string;
  readonly title: string;
  readonly url: string;
  /** The heading under which the chunk stands; left out at the top of a document. */
  readonly section?: string;
  /** Not everybody may read the document: its title and text must not go where others read. */
  readonly restricted?: true;
}

/** Sentences of a model, each with places in the citations, from 0, of the documents that bear it out. Plain text, commands between backticks. */
export interface Written {
  readonly sentences: readonly { readonly text: string; readonly cites: readonly number[] }[];
}

/** What the decision rests on; stored, so that it can be explained later. */
export interface Grounds {
  /** The text that was searched; null when nothing was. */
  readonly question: string | null;
  readonly corrections: readonly Correction[];
  /** Null when nothing was found, or nothing was searched. */
  readonly confidence: Confidence | null;
  /** Best first. */
  readonly found: readonly (Citation & { readonly score: number })[];
  /** Those in force when it was decided; null when nothing was searched, or when a version wrote it that kept none. */
  readonly thresholds: Thresholds | null;
  /**
   * Whether the sources were asked, right before, if the documents still are what was read of them. `unchecked`: one
   * could not say in time, so what was read counted. Null when no document mattered, or when a version wrote it that
   * did not ask.
   */
  readonly checked: 'current' | 'unchecked' | null;
  /** Pictures of the question that nobody has read; left out when there are none. */
  readonly unreadPictures?: number;
  /** Left out when no model was asked. */
  readonly model?: ModelTrace;
}

/** What models had to do with a decision. */
export interface ModelTrace {
  /** As the server names it; as it is set, where it never answered. */
  readonly model: string;
  /** The versions of the prompts, as `answer@1a2b3c4d`. */
  readonly prompts: readonly string[];
  /** In the order they were made. `costs`: millionths of the currency that prices are set in. */
  readonly calls: readonly ModelCall[];
  /** What came of it. `stepped-down`: nothing, and it was decided as without a model. */
  readonly outcome: 'written' | 'ask-back' | 'needs-person' | 'not-answerable' | 'stepped-down';
  /** Why it stepped down; null when it did not. */
  readonly why: StepDown | null;
  readonly checks: readonly { readonly name: CheckName; readonly held: boolean }[];
  /** Sentences that the checks took out. */
  readonly dropped: number;
  /** That the written answer is right, with its parts; null when nothing was written. */
  readonly confidence: DraftConfidence | null;
}

export interface ModelCall {
  readonly purpose: ModelCallPurpose;
  readonly outcome: 'done' | 'refused' | 'malformed' | 'truncated' | 'failed' | 'too-late' | 'over-budget';
  readonly ms: number;
  readonly costs: number;
}
export type ModelCallPurpose = 'stand-alone' | 'picture' | 'answer' | 'check' | 'embed-question';
/** `stopped`: something new came in meanwhile. */
export type StepDown =
  | 'failed'
  | 'too-late'
  | 'over-budget'
  | 'refused'
  | 'malformed'
  | 'checks'
  | 'unsure'
  | 'stopped';

/** The probability, 0 to 1, that a written answer is right, and what it was worked out from. */
export interface DraftConfidence {
  readonly value: number;
  readonly signals: Readonly<Record<string, number>>;
}

/** The confidence, 0 to 1, from which on something is said. They come from the fitted weights, or the company sets them. */
export interface Thresholds {
  /** An answer is given from this confidence on. */
  readonly answerAt: number;
  /** Links are offered from this confidence on. */
  readonly suggestAt: number;
  /** What a model wrote is said from this confidence on; left out where none was asked, or by a version that had none. */
  readonly writtenAt?: number;
}

/**
 * `taken`: the ticket system does not take it yet. `told-otherwise`: it never will. `moved`: it has another key now.
 * `gone`: it was deleted, or is no longer ours to read.
 */
export type News =
  | 'taken'
  | 'ticket-open'
  /** What was written last is on it, said where there are no threads. */
  | 'added'
  | 'told-otherwise'
  | 'assigned'
  | 'status'
  | 'resolved'
  /** The ticket of another conversation, which this one follows. */
  | 'followed-resolved'
  | 'followed-reopened'
  | 'followed-gone'
  | 'reopened'
  | 'moved'
  | 'gone';

export type Verdict =
  /** `quote`: lines of the first citation, verbatim. `written`: what is said instead, by a model, and has been checked. */
  | {
      readonly kind: 'answer';
      readonly quote: string;
      readonly citations: readonly Citation[];
      readonly written?: Written;
    }
  | { readonly kind: 'suggest'; readonly citations: readonly Citation[] }
  /**
   * Something would answer the requester that not everybody may read who reads along. `document` is the document's
   * {@link offerMark}, for the decision is kept, and shown, where its title must not be.
   */
  | { readonly kind: 'offer-private'; readonly document: string }
  | { readonly kind: 'ask'; readonly about: 'nothing-asked' | 'only-pictures' | 'stopped' }
  /** `question`: a model's, and checked. */
  | { readonly kind: 'ask'; readonly about: 'more'; readonly question: string }
  | { readonly kind: 'escalate'; readonly reason: EscalationReason }
  | { readonly kind: 'forward' }
  /** Others have asked the same lately: to follow their ticket instead of opening another one. */
  | { readonly kind: 'offer-follow'; readonly incident: Incident }
  | { readonly kind: 'follow'; readonly incident: Incident }
  /** They have a ticket open about this, from another thread or chat: to go on there. */
  | { readonly kind: 'offer-continue'; readonly request: OpenRequest }
  /** What was said is taken over there. `again`: and so was what came before. */
  | { readonly kind: 'continue'; readonly request: OpenRequest; readonly again?: true }
  | { readonly kind: 'help' }
  /** Null: others read along, who need not know. */
  | { readonly kind: 'status'; readonly requests: readonly RequestLine[] | null }
  /** What was said is no more solved than before: the ticket is opened again. */
  | { readonly kind: 'reopen' }
  /** The requester agrees that it is solved, and is asked for a rating. `rated`: there is one from before. */
  | { readonly kind: 'close'; readonly rated?: true }
  | { readonly kind: 'silent'; readonly reason: SilenceReason }
  /**
   * Tells what has become of an escalation; not the outcome of a turn, but a turn of the bot all the same. `detail`:
   * what the news needs to be told, such as the name of who has taken it; whole sentences with `ticket-open`.
   */
  | { readonly kind: 'report'; readonly news: News; readonly reason: EscalationReason; readonly detail?: string }
  /** A request as it stands in the triage channel, for IT staff. */
  | { readonly kind: 'triage'; readonly card: TriageCard }
  /** What is to be learnt from a solved ticket, for IT staff to approve. */
  | { readonly kind: 'lesson'; readonly lesson: Lesson };

export type Decision = Verdict & { readonly grounds: Grounds };

/** A problem that several people have at once: the ticket of who was first. */
export interface Incident {
  readonly conversationId: string;
  readonly key: string;
  readonly url: string;
  /** How many people have asked about it. */
  readonly people: number;
}

/** A ticket of the requester's own that is not closed. */
export interface OpenRequest {
  readonly conversationId: string;
  readonly key: string;
  readonly url: string;
  /** A link to its thread; '' when there is none. */
  readonly thread: string;
}

/** Text is plain, and shown to IT staff only. */
export interface TriageCard {
  readonly summary: string;
  readonly requester: string;
  /** Why it was handed over, a sentence. */
  readonly why: string;
  /** '' when nothing urgent was recognised. */
  readonly urgency: string;
  /** A link to the thread; '' when nobody in IT could open it. */
  readonly thread: string;
  /** Who has pressed Take or Mute, by name; null while nobody has. */
  readonly takenBy: string | null;
  readonly mutedBy: string | null;
  /** Who has last answered from there. */
  readonly answeredBy?: string;
  /** IT says that it is solved. */
  readonly solved?: boolean;
}

/** A question with its answer, from the public conversation of a ticket. */
export interface Lesson {
  readonly lessonId: string;
  readonly question: string;
  /** Markdown. */
  readonly answer: string;
  readonly state: 'proposed' | 'approved' | 'discarded';
  /** Who has approved or discarded it, by name; null while it is proposed. */
  readonly by: string | null;
}

/** Grounds of a decision that needed no search. */
export const NOTHING_SEARCHED: Grounds = {
  question: null,
  corrections: [],
  confidence: null,
  found: [],
  thresholds: null,
  checked: null,
};

/** The document's name among those of all sources. */
export function documentKey({ source, documentId }: Pick<Citation, 'source' | 'documentId'>): string {
  return source === undefined ? documentId : `${source}/${documentId}`;
}
