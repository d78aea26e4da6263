import type { Action } from './conversation.ts';
import type { Citation } from './decide.ts';

/** What the employee gets to see, without any platform's markup. Rendered by `blocks.ts` (Slack) or `cards.ts` (Teams). */
export interface Reply {
  readonly parts: readonly ReplyPart[];
  /** Left out once the employee has chosen. */
  readonly buttons: readonly Action[];
}

export type ReplyPart =
  /** Our own words, plain text. */
  | { readonly kind: 'text'; readonly text: string }
  /** Verbatim Markdown from a document: data, escaped on the way out. */
  | { readonly kind: 'quote'; readonly markdown: string }
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
   * mentions nobody.
   */
  | { readonly kind: 'said'; readonly who: string; readonly markdown: string; readonly side?: 'requester' }
  /** Small print: what was searched instead, the outcome after a click. */
  | { readonly kind: 'note'; readonly text: string };
