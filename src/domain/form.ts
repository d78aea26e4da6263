import type { Action } from './conversation.ts';

/** What opens over the chat after a press. Rendered as a modal (Slack) or a dialog (Teams). Plain text throughout. */
export interface Form {
  /** What its submission is. */
  readonly action: Action;
  /** At most 24 characters. */
  readonly title: string;
  /** Above the fields; '' for none. */
  readonly intro: string;
  readonly fields: readonly FormField[];
  /** At most 24 characters. */
  readonly submit: string;
  /** What leaves it as it is. At most 24 characters. */
  readonly skip: string;
}

export type FormField =
  | (Named & {
      readonly kind: 'line' | 'text' /** Already filled in. */;
      readonly value: string;
      readonly most: number;
    })
  | (Named & { readonly kind: 'choice'; readonly value: string | null; readonly options: readonly FormOption[] });
export interface FormOption {
  readonly value: string;
  readonly label: string;
}
interface Named {
  /** Among {@link Click.values}. */
  readonly name: string;
  readonly label: string;
  /** '' for none. */
  readonly hint: string;
  readonly optional: boolean;
}
