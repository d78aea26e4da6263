import { post } from '../api.js';
import { announce } from '../live.js';

/** Teams' own words for whatever went wrong. */
const troubleSentence = 'Something went wrong. Please try again.';

/**
 * Does something that the app answers: a press, a form, a rating.
 * A dialog that it answers with is opened.
 * @param {string} what `press`, `submit`, `message-action` or `feedback`
 * @returns `{ said, isTrouble, isDialog }`: a sentence for who did it, or null
 */
export async function tell(what, body) {
  try {
    const shown = await post(`/api/teams/${what}`, body);
    if (shown.kind === 'dialog') announce({ type: 'dialog', dialog: shown.dialog });
    return {
      said: { message: shown.text, error: troubleSentence }[shown.kind] || null,
      isTrouble: shown.kind === 'error',
      isDialog: shown.kind === 'dialog',
    };
  } catch (error) {
    return { said: error.message, isTrouble: true, isDialog: false };
  }
}
