import { wordsOf } from './said.ts';
import { isBindingWord, type Language } from './language.ts';
import { stemOf } from './likeness.ts';

/** Words that somebody adds who says the same in another way. They claim nothing. */
const GLUE = setOf(
  'a an the this that these those it its itself themselves i me my mine we us our ours you your yours yourself he him his she her they them their theirs one ones',
  'is are was were be been being am do does did doing done has have had having',
  'and or but if then than as of at by for with about into to from in on over through via per so such there here',
  'how what when where which who whom whose why while because since also too again just simply really very well quite rather even yet still only',
  'please first firstly second secondly third thirdly next finally now once afterwards later step steps following follow follows below above meanwhile thereby therefore hence',
  'can could will would shall should may might must need needs needed require requires want wants able possible let lets make makes sure ensure remember note way ways order help helps',
  'get gets got go goes going use uses used using do see whether any some each every all both either other another same own',
  'out up down after before until till within during without unless except whenever wherever however though although instead',
  'thing things something anything everything someone somebody anyone anybody everyone',
  'works work case means mean means happens happen like more most much many few little less least own already along across',
  'come comes take takes put puts set sets keep keeps off not no never none nothing nobody cannot neither nor',
  'ill youll youve youre dont doesnt didnt isnt arent wasnt cant couldnt wont wouldnt shouldnt mustnt havent hasnt hadnt theres thats its theyre weve lets im ive id were',
  'happy glad hope thanks hello hi question answer yes okay ok correct right sorry here welcome',
);

/** What must not be changed or added, whatever else may be said in other words: what is done to things, and of what kind they are. */
const CRITICAL = setOf(
  'delete remove erase wipe format uninstall reinstall install download disable enable deactivate activate reset restart reboot disconnect unplug bypass ignore skip override',
  'share forward disclose reveal publish upload pay buy purchase transfer execute overwrite encrypt decrypt unlock lock approve',
  'password passcode passphrase pin token code codes credential credentials secret card account username administrator admin root firewall antivirus registry bios licence license certificate',
  'red green blue yellow orange white black grey gray pink purple brown silver gold golden amber pale',
  'monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december',
  'left right north south east west',
  'minute minutes hour hours day days week weeks month months year years weekend midnight noon tonight tomorrow yesterday quarterly daily weekly monthly',
  'free paid mandatory optional compulsory permanent permanently temporary forbidden required',
  'legal manager owner sponsor supervisor finance hr police reception receptionist security lawyer',
  'private public personal',
  'kb mb gb tb dpi mbps percent',
);

const COLOURS = 'red green blue yellow orange white black grey gray pink purple brown silver gold golden amber pale';
const DAYS =
  'monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december';

/** Of one kind, and easily put for one another: who decides, what colour, which day. */
const INTERCHANGEABLE = setOf(
  COLOURS,
  DAYS,
  'manager owner sponsor supervisor legal finance hr police reception receptionist lawyer colleague customer visitor guest contractor',
);

/** What changes or gives away things. Only what is quoted may tell somebody to. */
const ACTIONS = setOf(
  'delete remove erase wipe format uninstall reinstall disable deactivate reset bypass override disconnect share forward disclose reveal publish upload pay buy execute overwrite',
);

/** Of each pair the one must not stand for the other. */
const OPPOSITES: readonly (readonly [string, string])[] = [
  'on off',
  'enable disable',
  'activate deactivate',
  'allow block',
  'allow forbid',
  'allow deny',
  'accept decline',
  'accept reject',
  'approve reject',
  'lock unlock',
  'install uninstall',
  'connect disconnect',
  'plug unplug',
  'open close',
  'start stop',
  'left right',
  'top bottom',
  'upper lower',
  'above below',
  'over under',
  'up down',
  'before after',
  'first last',
  'more less',
  'more fewer',
  'most least',
  'maximum minimum',
  'always never',
  'all none',
  'everyone nobody',
  'inside outside',
  'internal external',
  'public private',
  'increase decrease',
  'raise lower',
  'higher lower',
  'larger smaller',
  'longer shorter',
  'long short',
  'add remove',
  'include exclude',
  'show hide',
  'visible hidden',
  'tick untick',
  'check uncheck',
  'select deselect',
  'mute unmute',
  'encrypt decrypt',
  'pin unpin',
  'same different',
  'new old',
  'old new',
  'front back',
  'horizontal vertical',
  'wired wireless',
  'manual automatic',
  'manually automatically',
  'temporary permanent',
  'optional required',
  'early late',
  'earlier later',
  'slow fast',
  'empty full',
  'online offline',
  'import export',
  'upload download',
  'buy return',
  'today tomorrow',
  'with without',
].map((line) => {
  const [one = '', other = ''] = line.split(' ').map(stemOf);
  return [one, other] as const;
});

const oppositesByStem = new Map<string, readonly string[]>();
for (const [one, other] of OPPOSITES) {
  oppositesByStem.set(one, [...(oppositesByStem.get(one) ?? []), other]);
  if (other !== one) oppositesByStem.set(other, [...(oppositesByStem.get(other) ?? []), one]);
}

const UNITS = setOf(
  'second minute hour day week month year working times kb mb gb tb dpi mbps percent euro pound dollar character letter digit people person metre meter mm cm km page',
);

const NUMBER_WORDS: Readonly<Record<string, string>> = Object.fromEntries(
  'zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'
    .split(' ')
    .map((word, index) => [word, String(index === 0 ? 0 : index + 1)]),
);
const MORE_NUMBERS: Readonly<Record<string, string>> = {
  thirty: '30',
  forty: '40',
  fifty: '50',
  sixty: '60',
  ninety: '90',
  hundred: '100',
  twice: '2',
  dozen: '12',
  half: '0.5',
  quarter: '0.25',
};

function setOf(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ').map(stemOf)));
}

/** Whether a word claims something: no binding word of the language, no filler. Takes a word as {@link wordsOf} gives it, or its stem. */
export function isTelling(word: string, language: Language): boolean {
  if (word.length < 2 || /^\p{N}+$/u.test(word) || isNumberWord(word)) return false;
  if (language !== 'en' && language !== 'unknown') return word.length > 2 && !isBindingWord(word, language);
  // a stem is given too, and that of "thos" is another
  return !GLUE.has(word) && !GLUE.has(stemOf(word));
}

/** The stems of the telling words of a text, in order. */
export function tellingStems(text: string, language: Language): readonly string[] {
  return wordsOf(text)
    .filter((word) => isTelling(word, language))
    .map(stemOf);
}

export function isCritical(stem: string): boolean {
  return CRITICAL.has(stem);
}

export function isInterchangeable(stem: string): boolean {
  return INTERCHANGEABLE.has(stem);
}

const COLOURS_AND_DAYS = setOf(COLOURS, DAYS);

/** Which nobody is. */
export function isColourOrDay(stem: string): boolean {
  return COLOURS_AND_DAYS.has(stem);
}

export function isAction(stem: string): boolean {
  return ACTIONS.has(stem);
}

export function isUnit(stem: string): boolean {
  return UNITS.has(stem);
}

/** What the word would be turned into its contrary by. */
export function oppositesOf(stem: string): readonly string[] {
  return oppositesByStem.get(stem) ?? [];
}

/** `two` as `2`; null for a word that is no number. "One" seldom is. */
export function numberOf(word: string): string | null {
  return NUMBER_WORDS[word] ?? MORE_NUMBERS[word] ?? null;
}

function isNumberWord(word: string): boolean {
  return Object.hasOwn(NUMBER_WORDS, word) || Object.hasOwn(MORE_NUMBERS, word);
}
