import type { Action } from './conversation.ts';

/** What there is a button for. The others are only ever the submission of a form, or a platform's own thumbs. */
export type ButtonAction = Exclude<Action, 'details' | 'comment-rating' | 'helpful' | 'not-helpful' | 'stop'>;

export interface ButtonWords {
  readonly text: string;
  /** Says in full what a press does, for who points at it or has it read aloud; at most 75 characters. */
  readonly label: string;
  /** `main`: what most will want. `danger`: what is not easily undone. */
  readonly style?: 'main' | 'danger';
}

export const BUTTON_WORDS: Readonly<Record<ButtonAction, ButtonWords>> = {
  solved: { text: 'Solved', label: 'Mark this as solved', style: 'main' },
  'not-yet': { text: 'Not yet', label: 'Not yet: it is not solved' },
  'get-human': { text: 'Get a human', label: 'Hand this over to a person in IT' },
  'answer-privately': {
    text: 'Send it to me privately',
    label: 'Send me the answer in a direct message',
    style: 'main',
  },
  follow: { text: 'Follow it', label: 'Follow the ticket that others have for the same problem' },
  continue: {
    text: 'Continue there',
    label: 'Continue there: add this to your open ticket',
    style: 'main',
  },
  'rate-1': { text: '1 poor', label: '1 poor: the lowest of 5' },
  'rate-2': { text: '2', label: '2 of 5: fair' },
  'rate-3': { text: '3', label: '3 of 5: good' },
  'rate-4': { text: '4', label: '4 of 5: very good' },
  'rate-5': { text: '5 great', label: '5 great: the highest of 5' },
  take: { text: 'Take', label: 'Take this ticket yourself' },
  'answer-here': { text: 'Answer from here', label: 'Answer from here: write to the employee' },
  mute: { text: 'Mute', label: 'Mute: no further messages about this here' },
  approve: { text: 'Approve', label: 'Approve this question and answer', style: 'main' },
  edit: { text: 'Edit', label: 'Edit this question and answer' },
  discard: { text: 'Discard', label: 'Discard this question and answer', style: 'danger' },
};

/** Whether there is a button for it. */
export function hasButton(action: Action): action is ButtonAction {
  return action in BUTTON_WORDS;
}
