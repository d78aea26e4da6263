import { wordsOf } from './said.ts';
import type { Language } from './language.ts';
import { isAkin, isAkinToAny, isSameWord, stemOf, stemsOf } from './likeness.ts';
import { isTelling } from './telling.ts';

const DENIES: Readonly<Partial<Record<Language, ReadonlySet<string>>>> = {
  en: new Set(
    'not no never none nothing nobody nowhere neither nor cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt shouldnt couldnt mustnt hasnt havent hadnt neednt without avoid unable impossible forbidden prohibited refuse refuses refrain'.split(
      ' ',
    ),
  ),
  de: new Set(
    'nicht kein keine keinen keinem keiner keines nie niemals nichts niemand ohne weder vermeiden'.split(' '),
  ),
  fr: new Set('pas jamais aucun aucune rien personne sans ni evitez eviter'.split(' ')),
  es: new Set('no nunca jamas ningun ninguna ninguno nada nadie sin ni tampoco evite'.split(' ')),
  pt: new Set('nao nunca jamais nenhum nenhuma nada ninguem sem nem evite'.split(' ')),
  nl: new Set('niet geen nooit niets niemand zonder noch vermijd'.split(' ')),
  it: new Set('non mai nessun nessuno nessuna niente nulla senza ne evitare'.split(' ')),
  pl: new Set('nie nigdy nic nikt zaden zadna zadne bez ani unikaj'.split(' ')),
};

/** Words that deny in other ways: they make up for a denial that is missing, and need none themselves. */
const SOFT = new Set(
  'only unless until except otherwise instead rather outside away off stop stops stopped fail fails failed lack lacks rarely hardly seldom invalid ignore ignored disallowed blocked useless exclude excluded refused denied beyond unsupported'.split(
    ' ',
  ),
);

/** A word that denies, with the telling words that it denies. */
interface Denial {
  readonly scope: readonly string[];
}

/** So many telling words behind a denial are what it is about. */
const REACH = 3;
/** Sentences are alike that share this part of their telling words, of which both have some. */
const ALIKE = 0.85;
const LEAST_ALIKE = 2;

/** Whether a denial of the sentence is none of the evidence, or one that is quoted is missing in the sentence. */
export function hasOtherDenials(
  said: string,
  { core, near, language }: { readonly core: string; readonly near: string; readonly language: Language },
): boolean {
  const sentence = answered(said, core);
  const own = denialsOf(sentence, language);
  const quoted = denialsOf(core, language);
  // what denies softly and is said as well bears out nothing else
  const soft = softDenialsOf(sentence, language);
  const left = softDenialsOf(core, language).filter((one) => !soft.some((other) => isSameMatter(one, other)));
  const around = own.length === 0 ? [] : denialsOf(near, language);
  const isBorne = (denial: Denial) =>
    quoted.some((other) => isSameMatter(denial, other)) ||
    around.some((other) => denies(other, headOf(denial))) ||
    left.some((other) => deniesItself(other, headOf(denial)));
  return (
    own.some((denial) => !isBorne(denial)) ||
    isAnyDropped(quoted, { own, sentence, language }) ||
    isTurned(sentence, { core, language })
  );
}

/** "No, …" before what denies by itself answers the question. */
function answered(sentence: string, core: string): string {
  const denying = new Set([...(DENIES.en ?? []), ...SOFT]);
  return wordsOf(core).some((word) => denying.has(word)) ? sentence.replace(/^No[,:;.] (?=\S+ \S+)/, '') : sentence;
}

/** Word for word what is quoted, but for the denials. */
function isTurned(sentence: string, { core, language }: { core: string; language: Language }): boolean {
  const telling = [sentence, core].map((text) => tellingOf(wordsOf(text), language));
  // "if one of those doesn't work" has none of which one could tell
  const isTelling = telling.every((stems) => new Set(stems).size >= LEAST_ALIKE);
  const all = isTelling ? telling : [sentence, core].map((text) => stemsOf(text));
  const [own, quoted] = [sentence, core].map((text, at) => ({
    words: [...new Set(all[at])],
    denials: denialsOf(text, language).filter(({ scope }) => isMentioned(scope, all[1 - at] ?? [])).length,
    soft: softDenialsOf(text, language).length,
  }));
  if (own === undefined || quoted === undefined || own.denials === quoted.denials || own.soft !== quoted.soft)
    return false;
  if (Math.min(own.words.length, quoted.words.length) < LEAST_ALIKE) return false;
  const same = own.words.filter((stem) => isAkinToAny(stem, quoted.words)).length;
  return same >= ALIKE * Math.max(own.words.length, quoted.words.length);
}

/** Each denial of the sentence stands for one that is quoted: "don't start without it" has two. */
function isAnyDropped(
  quoted: readonly Denial[],
  { own, sentence, language }: { own: readonly Denial[]; sentence: string; language: Language },
): boolean {
  const words = stemsOf(sentence);
  const soft = softDenialsOf(sentence, language);
  const left = [...own];
  return quoted.some((denial) => {
    const mentioned = denial.scope.filter((stem) => isAkinToAny(stem, words));
    // what it denies is not said at all
    if (denial.scope.length === 0 || mentioned.length * 2 < denial.scope.length) return false;
    const at = left.findIndex((other) => isSameMatter(denial, other));
    if (at !== -1) left.splice(at, 1);
    return at === -1 && !soft.some((other) => deniesItself(other, headOf(denial)));
  });
}

/** Whether what is denied is spoken of at all. */
function isMentioned(scope: readonly string[], stems: readonly string[]): boolean {
  return scope.filter((stem) => isAkinToAny(stem, stems)).length * 2 >= scope.length;
}

/** What is denied first of all. */
function headOf({ scope }: Denial): string | undefined {
  return scope[0];
}

function denies({ scope }: Denial, stem: string | undefined): boolean {
  return stem !== undefined && scope.some((own) => isAkin(own, stem));
}

/** The very word: what only resembles is too little for what only resembles a denial. */
function deniesItself({ scope }: Denial, stem: string | undefined): boolean {
  return stem !== undefined && scope.some((own) => isSameWord(own, stem));
}

function isSameMatter(one: Denial, other: Denial): boolean {
  if (one.scope.length === 0 || other.scope.length === 0) return one.scope.length === other.scope.length;
  return one.scope.some((stem) => denies(other, stem));
}

function denialsOf(text: string, language: Language): readonly Denial[] {
  const denying = DENIES[language] ?? DENIES.en ?? new Set();
  // a button "No" denies nothing
  return clausesWith(text.replaceAll(/(?<=[\p{L}\p{N}] )No\b/gu, ' '), { denying, language }).map(
    ({ before, behind }) => ({ scope: behind.length > 0 ? behind : before }),
  );
}

/** What is denied softly may stand on either side. */
function softDenialsOf(text: string, language: Language): readonly Denial[] {
  return clausesWith(text.replaceAll(/\s(?:and|or|but|then)\s/gi, '; '), { denying: SOFT, language }).map(
    ({ before, behind }) => ({ scope: behind.length > 0 ? [...behind, ...before] : [...before, ...before] }),
  );
}

/** The telling words next to a word that denies, in its clause. */
interface Place {
  readonly before: readonly string[];
  readonly behind: readonly string[];
}

function clausesWith(
  text: string,
  { denying, language }: { readonly denying: ReadonlySet<string>; readonly language: Language },
): readonly Place[] {
  return text
    .split(
      /(?<![.,;:!?\n|()])[.,;:!?\n|()]+(?=\s|$)|\s[-–—]\s|\s(?:if|when|because|until|while|wenn|weil|si|se|als|omdat)\s|^if\s/iu,
    )
    .flatMap((clause) => {
      const words = wordsOf(clause);
      const places = [...words.entries()].filter(([, word]) => denying.has(word)).map(([at]) => at);
      if (places.length === 0) return [];
      const telling = [...words.entries()].filter(([, word]) => isTelling(word, language));
      let next = 0;
      return places.map((at) => {
        while ((telling[next]?.[0] ?? Infinity) < at) next += 1;
        // the word itself may be telling
        const first = telling[next]?.[0] === at ? next + 1 : next;
        return {
          before: telling.slice(Math.max(0, next - REACH), next).map(([, word]) => stemOf(word)),
          behind: telling.slice(first, first + REACH).map(([, word]) => stemOf(word)),
        };
      });
    });
}

function tellingOf(words: readonly string[], language: Language): readonly string[] {
  return words.filter((word) => isTelling(word, language)).map(stemOf);
}
