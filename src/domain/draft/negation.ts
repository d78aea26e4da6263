import { wordsOf } from './said.ts';
import type { Language } from './language.ts';
import { isAkin, isAkinToAny, isSameAsAny, isSameWord, stemOf, stemsOf } from './likeness.ts';
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
  /** Those before it. */
  readonly subject: readonly string[];
  /** What is denied is told in filling words: "doesn't come across". */
  readonly isBare: boolean;
}

/** So many telling words behind a denial are what it is about. */
const REACH = 3;
/** Sentences are alike that share this part of their telling words, of which both have some. */
const ALIKE = 0.85;
const LEAST_ALIKE = 2;

/** Whether a denial of the sentence is none of the evidence, or one that is quoted is missing in the sentence. */
export function hasOtherDenials(
  said: string,
  { core: whole, near, language }: { readonly core: string; readonly near: string; readonly language: Language },
): boolean {
  const sentence = answered(said, whole);
  const core = withoutNotJust(whole, sentence);
  const conditional = conditionalDenialsOf(sentence, core, language);
  const own = denialsOf(sentence, language);
  const quoted = denialsOf(core, language);
  // what denies softly and is said as well bears out nothing else
  const soft = softDenialsOf(sentence, language);
  const left = softDenialsOf(core, language).filter((one) => !soft.some((other) => isSameMatter(one, other)));
  const around = own.length === 0 ? [] : denialsOf(near, language);
  const known = stemsOf(near);
  const isSame = (denial: Denial, other: Denial) => isSameMatter(denial, other) || isReworded(denial, other, known);
  const isBorne = (denial: Denial) =>
    quoted.some((other) => isSame(denial, other)) ||
    around.some((other) => denies(other, headOf(denial))) ||
    left.some((other) => deniesItself(other, headOf(denial)));
  return (
    own.some((denial) => !isBorne(denial)) ||
    isAnyDropped(quoted, { own, soft: [...soft, ...conditional], sentence, isSame }) ||
    (conditional.length === 0 && isTurned(sentence, { core, language }))
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
  {
    own,
    soft,
    sentence,
    isSame,
  }: {
    readonly own: readonly Denial[];
    readonly soft: readonly Denial[];
    readonly sentence: string;
    readonly isSame: (own: Denial, quoted: Denial) => boolean;
  },
): boolean {
  const words = stemsOf(sentence);
  const left = [...own];
  return quoted.some((denial) => {
    const mentioned = denial.scope.filter((stem) => isAkinToAny(stem, words));
    // what it denies is not said at all
    if (denial.scope.length === 0 || mentioned.length * 2 < denial.scope.length) return false;
    const at = left.findIndex((other) => isSame(other, denial));
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

/** "The account doesn't transfer" of "the account doesn't come across", under "Move your account": the same in another word. */
function isReworded(own: Denial, quoted: Denial, known: readonly string[]): boolean {
  const head = headOf(own) ?? '';
  if (own.isBare || !quoted.isBare || isSameAsAny(head, known) || !isAkinToAny(head, known)) return false;
  return own.subject.some((stem) => quoted.subject.includes(stem));
}

function isSameMatter(one: Denial, other: Denial): boolean {
  if (one.scope.length === 0 || other.scope.length === 0) return one.scope.length === other.scope.length;
  return one.scope.some((stem) => denies(other, stem));
}

function denialsOf(text: string, language: Language): readonly Denial[] {
  const denying = DENIES[language] ?? DENIES.en ?? new Set();
  // a button "No" denies nothing
  const plain = text
    .replaceAll(/(?<=[\p{L}\p{N}] )No\b/gu, ' ')
    // what does nothing does so anywhere
    .replaceAll(/\b(?:do|does|did) nothing\b/gi, '$&,')
    .replaceAll(/\bother than\b/gi, 'not')
    .replaceAll(/\bvisible\b/gi, 'seen');
  return clausesWith(plain, { denying, language }).map(({ before, behind }) => ({
    scope: behind.length > 0 ? behind : before,
    subject: before,
    isBare: behind.length === 0,
  }));
}

/** What is denied softly may stand on either side. */
function softDenialsOf(text: string, language: Language): readonly Denial[] {
  return clausesWith(text.replaceAll(/\s(?:and|or|but|then)\s/gi, '; '), { denying: SOFT, language }).map(
    ({ before, behind }) => ({
      scope: behind.length > 0 ? [...behind, ...before] : [...before, ...before],
      subject: before,
      isBare: behind.length === 0,
    }),
  );
}

const IF_NOT = /\b(?:if|when|unless)\b[^,.;:\n]*(?:n['’]t|not)\b/i;
/** "Do A, or B happens": what comes about unless A is done. "Nothing happens until A" alike. */
const OR_ELSE = /([^.;:,\n]*),? (?:otherwise|or else|or (?=(?:nothing|no|nobody|it|they|you) ))/gi;
/** "No light: …", and "look at the light; if it's off, …". */
const IS_NONE = /(?:^|\n)No \S+:/;
const IF_OFF = /([^.;:,\n]*)[.;:,] (?:and )?(?:if|when) (?:it|they)(?:['’](?:s|re)| is| are) off\b/gi;
const UNTIL = /\buntil\b([^.;:,\n]*)/gi;

/** What a sentence makes a condition of, where the condition that is quoted is that it is not done. */
function conditionalDenialsOf(sentence: string, core: string, language: Language): readonly Denial[] {
  const forms = [...(IF_NOT.test(core) ? [OR_ELSE, UNTIL] : []), ...(IS_NONE.test(core) ? [IF_OFF] : [])];
  return forms
    .flatMap((form) => [...sentence.matchAll(form)])
    .map(([, done = '']) => {
      const scope = tellingOf(wordsOf(done), language);
      return { scope, subject: [], isBare: false };
    });
}

const NOT_JUST = /\bnot (?:just|only|merely|simply)\b([^,.;:()\n]*)/gi;
const JUST = /\b(?:just|only|merely|simply)\b/i;

/** "Quit it, not just close the window": no denial of closing, where that is not spoken of. */
function withoutNotJust(core: string, sentence: string): string {
  if (JUST.test(sentence)) return core;
  const [words, said] = [stemsOf(sentence), stemsOf(core.replaceAll(NOT_JUST, ' '))];
  return core.replaceAll(NOT_JUST, (all, matter: string) => {
    const isSpokenOf = stemsOf(matter).some(
      (stem) => isTelling(stem, 'en') && words.includes(stem) && !said.includes(stem),
    );
    return isSpokenOf ? all : ' ';
  });
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
      /(?<![.,;:!?\n|()])[.,;:!?\n|()]+(?=\s|$)|\s\(|\s[-–—]\s|\s(?:if|when|because|until|while|wenn|weil|si|se|als|omdat)\s|^if\s/iu,
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
