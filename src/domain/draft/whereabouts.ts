import { wordsOf } from './said.ts';

/** With these a sentence points somewhere, and says nothing of the matter. */
const POINTING = new Set(
  'you will can may also youll find see read look up this that it these more about is are in at on from the a an all of and further details information everything described explained documented written listed covered there article articles page pages document documents guide guides section wiki source sources under here for full steps instructions please refer to entitled called titled named'.split(
    ' ',
  ),
);

/**
 * Whether a sentence says only where an answer stands, by the title of a document that it cites or a heading in it: true
 * of what rests on it, whatever it quotes.
 */
export function isWhereabouts(sentence: string, titles: readonly string[]): boolean {
  const said = ` ${wordsOf(sentence).join(' ')} `;
  const title = titles
    .map((one) => ` ${wordsOf(one).join(' ')} `)
    .toSorted((a, b) => b.length - a.length)
    .find((one) => one.trim() !== '' && said.includes(one));
  if (title === undefined) return false;
  const rest = said
    .replace(title, ' ')
    .split(' ')
    .filter((word) => word !== '');
  return rest.length > 0 && rest.every((word) => POINTING.has(word));
}
