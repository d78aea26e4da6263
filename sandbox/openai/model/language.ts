import { wordsOf } from './words.ts';

/** Words that stand in nearly every sentence of a language, and in few of the others. */
const marks: Readonly<Record<string, string>> = {
  en: 'the is are how do does can my i to of and not it what why when with have please from on for need',
  de: 'der die das ist nicht ich wie kann mein meine und auf mit ein eine für wo was warum geht bitte habe beim zu den dem im',
  fr: 'le la les est je ne pas comment puis mon ma et un une pour où que pourquoi avec dans sur des mes ai du au vous',
  es: 'el los las es no cómo como puedo mi y un una para dónde que qué por con en tengo del mis se al está',
  pt: 'o os as é não como posso meu minha e um uma para onde que por com em tenho do da no na está meus',
  nl: 'de het een is niet ik hoe kan mijn en op met voor waar wat waarom van naar heb geen mij bij te doet werkt',
};

const lists = Object.entries(marks).map(([code, words]) => [code, new Set(words.split(' '))] as const);

/** The language as ISO 639-1, by its smallest words; English when nothing speaks for another. */
export function languageOf(text: string): string {
  const words = wordsOf(text);
  const scores = lists.map(([code, set]) => ({ code, score: words.filter((word) => set.has(word)).length }));
  return scores.reduce((best, next) => (next.score > best.score ? next : best)).code;
}
