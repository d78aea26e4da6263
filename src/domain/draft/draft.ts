/** What a model proposes to say. Nothing of it is believed before it is checked. */
export interface Draft {
  readonly outcome: 'answer' | 'ask-back' | 'needs-person' | 'not-answerable';
  /** Of the answer, as ISO 639-1: `en`. */
  readonly language: string;
  /** In order; none unless `outcome` is `answer`. */
  readonly sentences: readonly DraftSentence[];
  /** What to ask back; '' unless `outcome` is `ask-back`. */
  readonly question: string;
  /** The model's own word for how sure it is, 0 to 1. */
  readonly sure: number;
}

/** A sentence or a step. */
export interface DraftSentence {
  /** Plain text; commands between backticks. */
  readonly text: string;
  /** What it rests on, at least one in a draft that holds. */
  readonly support: readonly Support[];
}

export interface Support {
  /** The id by which the passage was shown to the model: `P1`. */
  readonly passage: string;
  /** Verbatim from it. */
  readonly quote: string;
}

/** A passage as a model is shown it, and as its draft is checked against: redacted, and without orders to assistants. */
export interface ShownPassage {
  /** `P1`, `P2` … */
  readonly id: string;
  readonly title: string;
  /** Headings above the text, outermost first. */
  readonly headings: readonly string[];
  readonly text: string;
}

export type CheckName =
  /** Each kept sentence has a quote that stands in its passage. */
  | 'quotes'
  /** Each kept sentence says what its quotes say: its telling words and numbers are theirs. */
  | 'supported'
  /** Addresses of the web, of mail and of files, phone numbers, commands and product names are those of the passages. */
  | 'facts'
  /** It is in the asker's language. */
  | 'language'
  /** It is of a length and a form in which answers come. */
  | 'form'
  /** It is about what was asked. */
  | 'on-topic'
  /** A second look, by a model, finds each sentence borne out and the question addressed. */
  | 'second-look';

/** What the checks leave of a draft. */
export interface CheckedDraft {
  /** Those that held, in order; none: nothing of it can be said. */
  readonly kept: readonly DraftSentence[];
  readonly dropped: number;
  /** Each check that was made: whether all of the draft passed it. */
  readonly checks: readonly { readonly name: CheckName; readonly held: boolean }[];
}
