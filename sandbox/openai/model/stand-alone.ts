import type { Prompt } from './prompt.ts';
import { sharpStems, wordsOf } from './words.ts';

const leads = /^(?:and|but|or|so|ok|then|also|what about|how about|und|et|y|e|en)\b[\s,]*/iu;
const place = /^(?:and |what about |how about |but )*((?:on|for|with|in|from|at)\b)\s+(.+?)[\s?.!]*$/iu;
const refers = /\b(?:it|that|this|there|those|these|them|one|same)\b/iu;

/** The follow-up together with the question it follows, as one that can be understood alone. */
export function standAlone({ question, earlier }: Prompt): string {
  const before = earlier
    .filter(({ by, text }) => by === 'requester' && sharpStems(text).length > 0)
    .at(-1)
    ?.text.trim();
  if (before === undefined || isWhole(question)) return question;
  const swapped = withPlace(before, question);
  if (swapped !== null) return swapped;
  const follow = question.trim().replace(leads, '');
  return `${before.replace(/[\s?.!]+$/u, '')}: ${follow}`;
}

function isWhole(question: string): boolean {
  return (
    !leads.test(question) && !refers.test(question) && sharpStems(question).length >= 2 && wordsOf(question).length > 4
  );
}

/** "How do I set up the VPN on my Mac?", "and on Linux?": the place is another, the rest the same. */
function withPlace(before: string, question: string): string | null {
  const [, preposition, where] = place.exec(question.trim()) ?? [];
  if (preposition === undefined || where === undefined || wordsOf(where).length > 5) return null;
  const bare = before.replace(/[\s?.!]+$/u, '');
  const old = new RegExp(`\\b${preposition}\\s+(?:(?:my|the|a|an|our)\\s+)?[\\p{L}\\p{N}-]+$`, 'iu');
  const rest = old.test(bare) ? bare.replace(old, '').trim() : bare;
  return `${rest} ${preposition.toLowerCase()} ${where}?`;
}
