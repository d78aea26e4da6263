import type { Action } from './conversation.ts';
import type { Citation, Written } from './decision.ts';

/** What the employee gets to see, without any platform's markup. Rendered by `blocks.ts` (Slack) or `cards.ts` (Teams). */
export interface Reply {
  readonly parts: readonly ReplyPart[];
  /** Left out once the employee has chosen. */
  readonly buttons: readonly Action[];
  /**
   * A press whose form can still be filled in, where it has not opened with the press: left out when there is none. For
   * platforms that cannot open a form in answer to every press.
   */
  readonly form?: Action;
}

export type ReplyPart =
  /** Our own words, plain text. */
  | { readonly kind: 'text'; readonly text: string }
  /** Verbatim Markdown from a document: data, escaped on the way out. */
  | { readonly kind: 'quote'; readonly markdown: string }
  /**
   * What a model wrote and the checks let through: data, escaped on the way out. `cites`: places in `citations`, from 0,
   * of the documents that bear the sentence out. Text is plain, with commands between backticks.
   */
  | { readonly kind: 'written'; readonly written: Written; readonly citations: readonly Citation[] }
  /** Titled links to documents. */
  | { readonly kind: 'sources'; readonly label: string; readonly citations: readonly Citation[] }
  /** A ticket's key with its link. */
  | {
      readonly kind: 'ticket';
      readonly before: string;
      readonly key: string;
      readonly url: string;
      readonly after: string;
    }
  /** A sentence of our own words with a link in it, plain text. */
  | {
      readonly kind: 'link';
      readonly before: string;
      readonly text: string;
      readonly url: string;
      readonly after: string;
    }
  /**
   * What a person in IT says, by name, or the requester on the ticket; Markdown that is data, escaped on the way out: it
   * mentions nobody. `elsewhere`: the requester's, in another chat of theirs.
   */
  | {
      readonly kind: 'said';
      readonly who: string;
      readonly markdown: string;
      readonly side?: 'requester' | 'elsewhere';
    }
  /** Questions that one can ask with a press, plain text. */
  | { readonly kind: 'prompts'; readonly prompts: readonly string[] }
  /** Requests of the reader, with where each stands. */
  | { readonly kind: 'requests'; readonly requests: readonly RequestLine[] }
  /** Small print: what was searched instead, the outcome after a click. */
  | { readonly kind: 'note'; readonly text: string };

/** A request in a list. Plain text. */
export interface RequestLine {
  readonly key: string;
  readonly url: string;
  readonly summary: string;
  /** In words an employee understands, such as "IT is working on it". */
  readonly standing: string;
}

/** How far an answer is. */
export type WorkStage = 'searching' | 'reading' | 'checking';
