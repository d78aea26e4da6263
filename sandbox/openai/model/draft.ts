/** What the model answers to `firstline_answer`, as the wire has it. */
export interface Draft {
  readonly outcome: 'answer' | 'ask_back' | 'needs_person' | 'not_answerable';
  readonly language: string;
  readonly sentences: readonly DraftSentence[];
  readonly question: string;
  readonly sure: number;
}

export interface DraftSentence {
  readonly text: string;
  readonly support: readonly Support[];
}

export interface Support {
  readonly passage: string;
  readonly quote: string;
}

/** Its fields in the order of the schema, as models write them. */
export function inOrder({ outcome, language, sentences, question, sure }: Draft): Draft {
  return { outcome, language, sentences, question, sure };
}
