/**
 * Words in which questions are wrapped: greeting, courtesy, wish, possibility. Documents have them in passing, so they
 * are not frequent enough there to weigh little by themselves. Stop words of Postgres are not repeated, but the rests
 * of contractions that its list lacks (`doesn't`: doesn, t) are here. Other languages: none so far.
 */
const filler: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'english',
    new Set(
      `hi hello hey dear please pls plz thanks thank thx sorry regards help
       want wants wanted need needs needed like likes wish wonder wondering try trying tried tell
       would could cannot may might must shall let lets able possible allow way ways option options
       know knows get gets getting got make makes making
       easy easier easiest easily best really actually also ever question guys
       anyone anybody someone somebody anything something thing things one ones
       don doesn didn isn aren wasn weren won wouldn couldn shouldn hasn haven hadn ain ll re ve
       dont doesnt didnt isnt arent wasnt werent wont wouldnt couldnt shouldnt hasnt havent cant im ive id`
        .trim()
        .split(/\s+/),
    ),
  ],
]);

/** How much of a word's weight a filler keeps: not nothing, for past tickets are worded like questions. */
export const fillerWeight = 0.4;

export function isFiller(word: string, language: string): boolean {
  return filler.get(language)?.has(word) ?? false;
}
