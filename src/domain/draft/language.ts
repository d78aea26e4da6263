import { remembered } from './remembered.ts';
import { wordsOf } from './said.ts';

/** Languages with a list of their words, and scripts that tell enough by themselves. */
export type Language =
  | 'en'
  | 'de'
  | 'fr'
  | 'es'
  | 'pt'
  | 'nl'
  | 'it'
  | 'pl'
  | 'cyrillic'
  | 'greek'
  | 'hebrew'
  | 'arabic'
  | 'han'
  | 'kana'
  | 'hangul'
  | 'unknown';

/** Words that bind others together, with accents: the words of everyday sentences, whatever they are about. */
const BINDING: Readonly<Record<string, ReadonlySet<string>>> = {
  en: list(
    "the a an is are was were be been and or but if then than because of at by for with about into to from in on off how what where when why who which not no do does did can could will would should i you my your it its this that these those we our they them he she his her have has had there here any some please don't doesn't isn't can't won't i'm it's you're didn't after before until once only just get also use as so me us him did was were see let go",
  ),
  de: list(
    'der die das den dem des ein eine einen einem einer eines und oder aber wenn dann weil von vom bei beim für mit über in im ins zu zum zur aus auf an am wie was wo wann warum wer welche welcher welches nicht kein keine keinen ist sind war waren sein wird werden wurde kann kannst können könnt muss müssen soll sollte ich du er sie es wir ihr mich mir dich dir uns ihnen mein meine meinen meinem dein deine ihre ihren sich auch noch nur schon hier dort nach vor bis als dass bitte habe hat haben geht gibt man um so klicken öffnen',
  ),
  fr: list(
    "le la les un une des du de et ou mais si alors parce que qui quoi dont où quand comment pourquoi ne pas n'est c'est est sont était être a ai as ont avoir je tu il elle nous vous ils elles mon ma mes ton ta tes votre vos notre nos son sa ses ce cet cette ces dans sur sous avec sans pour par chez vers à au aux en se me te lui leur plus très aussi puis après avant jusqu'à peut pouvez peux dois devez doit faut fait faire cliquez ouvrez l'ordinateur j'ai d'un d'une qu'il",
  ),
  es: list(
    'el la los las un una unos unas de del y o pero si entonces porque que quién qué dónde cuándo cómo cuál por no es son era ser está están estar yo tú él ella nosotros usted ustedes ellos mi mis tu tus su sus este esta estos estas ese esa en con sin para sobre hacia a al se me te le lo les más muy también después antes hasta puede puedo pueden debe debes hay tiene tengo ha he haga abra cuando como pulse',
  ),
  pt: list(
    'o a os as um uma uns umas de do da dos das e ou mas se então porque que quem quê onde quando como qual por não é são era ser está estão estar eu tu ele ela nós você vocês eles elas meu minha meus minhas teu tua seu sua seus suas este esta isto esse essa em no na nos nas com sem para pelo pela sobre ao à aos às lhe mais muito também depois antes até pode posso podem deve deves há tem tenho foi já abra clique ou num numa',
  ),
  nl: list(
    'de het een en of maar als dan omdat van bij voor met over in naar uit op aan hoe wat waar wanneer waarom wie welke niet geen is zijn was waren worden wordt kan kun kunt kunnen moet moeten ik jij je hij zij ze wij we jullie u mij me jou ons hun mijn jouw uw zich ook nog alleen al hier daar na tot dat die dit deze te om er heb hebt heeft hebben krijg gaat doet klik open dus',
  ),
  it: list(
    "il lo la i gli le un uno una di del dello della dei degli delle e o ma se allora perché che chi cosa dove quando come quale per non è sono era essere sta stanno io tu lui lei noi voi loro mio mia miei mie tuo tua suo sua nostro questo questa questi queste quello in nel nella nei con senza su sul sulla da dal dalla a al alla ai si mi ti ci vi più molto anche poi dopo prima fino può posso possono deve devi c'è ha ho hai hanno fare apri l'accesso",
  ),
  pl: list(
    'i w we z ze na do od po za przez przed pod nad o u dla bez że żeby jak co gdzie kiedy dlaczego kto który która które nie jest są był była było być ja ty on ona my wy oni mój moja moje mnie mi cię ci się go jej ich im to ten ta te tego tej tym oraz lub albo ale jeśli gdy czy więc tak już tylko jeszcze też także można może mogę możesz trzeba należy proszę aby mam masz ma kliknij otwórz',
  ),
};

/** Letters and marks that of these languages only one has: as good as two words. */
const OWN_LETTERS: Readonly<Partial<Record<Language, RegExp>>> = {
  de: /ß/u,
  es: /[¿¡ñ]/iu,
  pt: /[ãõ]/iu,
  pl: /[łąęśźż]/iu,
};

const SCRIPTS: readonly (readonly [Language, RegExp])[] = [
  ['kana', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['hangul', /\p{Script=Hangul}/gu],
  ['han', /\p{Script=Han}/gu],
  ['cyrillic', /\p{Script=Cyrillic}/gu],
  ['greek', /\p{Script=Greek}/gu],
  ['hebrew', /\p{Script=Hebrew}/gu],
  ['arabic', /\p{Script=Arabic}/gu],
];

/** A share of the letters from which a text is of a script; Japanese is seldom written in Kana alone. */
const SHARE_OF_LETTERS = 0.3;
const SHARE_OF_KANA = 0.1;

function list(words: string): ReadonlySet<string> {
  return new Set(words.split(' ').flatMap((word) => wordsOf(word)));
}

/**
 * The language of a text, by its binding words; of texts in other scripts only the script. `unknown` where little speaks
 * for any, or as much for another. Code and addresses do not count.
 */
export const languageOf = remembered(languageAnew, 600_000);

/** Of addresses the beginning is not looked for in each letter of a run without a space. */
const ASIDE = /`[^`\n]*`|"[^"\n]{0,200}"|[“„«][^“”»\n]{0,200}[“”»]|(?<![\p{L}\p{N}])\S{0,80}(?:\/\/|@|\\)\S*/gu;

function languageAnew(text: string): Language {
  const said = text.replaceAll(ASIDE, ' ');
  return scriptOf(said) ?? latinOf(said);
}

/** Whether the text is not of a language: of another, surely. Unknown is none that it is not. */
export function isOtherLanguage(text: string, expected: Language): boolean {
  const own = languageOf(text);
  return (
    own !== 'unknown' && expected !== 'unknown' && own !== expected && !(isEastAsian(own) && isEastAsian(expected))
  );
}

/** Binding words of the languages, as {@link wordsOf} writes them. */
export function isBindingWord(word: string, language: Language): boolean {
  return BINDING[language]?.has(word) ?? false;
}

/** The language that an ISO 639-1 code means. */
export function languageOfCode(code: string): Language {
  const bare = code.toLowerCase().slice(0, 2);
  if (Object.hasOwn(BINDING, bare)) return LATIN.find((language) => language === bare) ?? 'unknown';
  return BY_CODE[bare] ?? 'unknown';
}

const LATIN: readonly Language[] = ['en', 'de', 'fr', 'es', 'pt', 'nl', 'it', 'pl'];
const BY_CODE: Readonly<Record<string, Language>> = {
  ru: 'cyrillic',
  uk: 'cyrillic',
  bg: 'cyrillic',
  sr: 'cyrillic',
  el: 'greek',
  he: 'hebrew',
  ar: 'arabic',
  fa: 'arabic',
  zh: 'han',
  ja: 'kana',
  ko: 'hangul',
};

/** Japanese and Chinese share letters: a short line of the one may look like the other. */
function isEastAsian(language: Language): boolean {
  return language === 'han' || language === 'kana';
}

function scriptOf(text: string): Language | null {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const [script] =
    SCRIPTS.find(([language, letter]) => {
      const count = text.match(letter)?.length ?? 0;
      return count > 1 && count / letters >= (language === 'kana' ? SHARE_OF_KANA : SHARE_OF_LETTERS);
    }) ?? [];
  return script ?? null;
}

function latinOf(text: string): Language {
  const words = wordsOf(text);
  const counts = LATIN.map((language) => {
    const binding = words.filter((word) => isBindingWord(word, language));
    const own = OWN_LETTERS[language]?.test(text) ? 1 : 0;
    return { language, count: binding.length + 2 * own, kinds: new Set(binding).size + own };
  }).toSorted((a, b) => b.count - a.count);
  const [best, next] = counts;
  if (best === undefined || next === undefined || best.kinds < 2) return 'unknown';
  const isClear = best.count >= next.count + 2 || (best.count > 2 && best.count > 1.5 * next.count);
  return isClear && best.count / words.length >= 0.15 ? best.language : 'unknown';
}
