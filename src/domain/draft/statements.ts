import { isAkinToAny, isSameAsAny, stemOf, stemSetOf } from './likeness.ts';
import { wordsOf } from './said.ts';
import type { Language } from './language.ts';
import { isTelling } from './telling.ts';

/** Verbs that claim little, and yet tell which statement is meant. */
const DOING = /^(?:us(?:es?|ed|ing)|work(?:s|ing)?|takes?|put|set|keeps?|helps?|needs?)$/;

/**
 * Which of the statements that are quoted a sentence draws on: the fewest that have all of its telling words that any of
 * them has. The others are quoted with them, and it need not say what they say.
 */
export function drawnOn(
  sentence: string,
  { statements, language }: { readonly statements: readonly string[]; readonly language: Language },
): readonly string[] {
  if (statements.length < 2) return statements;
  const all = stemSetOf(statements.join('\n'));
  let left = [...new Set(tellingIn(sentence, language))];
  // who has the very word says it rather than who has one like it
  const likes = left.map((stem) => ({ stem, isLike: isSameAsAny(stem, all) ? isSameAsAny : isAkinToAny }));
  const having = statements.map((statement) => {
    const stems = stemSetOf(statement);
    const has = likes.filter(({ stem, isLike }) => isLike(stem, stems)).map(({ stem }) => stem);
    return { statement, length: stems.length, has: new Set(has) };
  });
  const drawn: string[] = [];
  for (;;) {
    const counted = having
      .filter(({ statement }) => !drawn.includes(statement))
      .map((one) => ({ ...one, has: left.filter((stem) => one.has.has(stem)) }));
    // of equals the shorter one says less else
    const [best] = counted.toSorted((a, b) => b.has.length - a.has.length || a.length - b.length);
    if (best === undefined || best.has.length === 0) break;
    drawn.push(best.statement);
    left = left.filter((stem) => !best.has.includes(stem));
  }
  // "Don't." belongs to what is beside it
  const isDrawn = (statement: string) => drawn.includes(statement) || tellingIn(statement, language).length === 0;
  return drawn.length === 0 ? statements : statements.filter(isDrawn);
}

function tellingIn(text: string, language: Language): readonly string[] {
  return wordsOf(text)
    .filter((word) => isTelling(word, language) || /^\p{N}+$/u.test(word) || DOING.test(word))
    .map(stemOf);
}
