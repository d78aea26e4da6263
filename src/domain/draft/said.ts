import { wordsOf as wordsAnew } from '../words.ts';
import { remembered } from './remembered.ts';

/** The words of a text, as {@link wordsAnew} has them. */
export const wordsOf = remembered(wordsAnew, 600_000);
