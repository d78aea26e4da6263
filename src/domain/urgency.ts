import { edits } from './spelling.ts';
import { wordsOf } from './words.ts';

/** How much depends on it, as recognised in the words or chosen in the form. */
export type UrgencyLevel = 'low' | 'normal' | 'high' | 'critical';

/** An urgency with what it was recognised by: said in the ticket. */
export interface Urgency {
  readonly level: UrgencyLevel;
  readonly kind: 'security' | 'outage' | 'many-people' | 'stopped' | 'chosen';
  /** A sentence for IT staff, which quotes the words. */
  readonly because: string;
}

/** The levels as a form offers them, the most urgent first. */
export const URGENCY_LEVELS: readonly { readonly value: UrgencyLevel; readonly label: string }[] = [
  { value: 'critical', label: 'Critical: security, or nobody can work' },
  { value: 'high', label: 'High: I cannot work, or several people are affected' },
  { value: 'normal', label: 'Normal: it is in my way' },
  { value: 'low', label: 'Low: whenever it suits' },
];

/** Whether the text is a level's value, as a form submits it. */
export function isUrgencyLevel(text: string): text is UrgencyLevel {
  return URGENCY_LEVELS.some(({ value }) => value === text);
}

/** A level in one word, for a card or a heading. */
export function levelWord(level: UrgencyLevel): string {
  return level.charAt(0).toUpperCase() + level.slice(1);
}

/**
 * What the employee has chosen in a form. Null when that is the usual: left at normal while nothing was recognised.
 * Left as recognised, it keeps its reason. An incident of security stays one: who reports it may not know what it means.
 */
export function chosenUrgency(chosen: UrgencyLevel, recognised: Urgency | null): Urgency | null {
  if (chosen === (recognised?.level ?? 'normal') || recognised?.kind === 'security') return recognised;
  const before = recognised === null ? '' : ` Recognised before: ${recognised.because}`;
  return { level: chosen, kind: 'chosen', because: `The employee chose “${levelWord(chosen)}”.${before}` };
}

/**
 * How urgent it is by what was said; null when nothing says that it is. English only, tolerant of misspellings of the
 * words that matter. A mere "urgent" is none: everybody's request is. The most urgent of what is found counts.
 */
export function urgencyOf(texts: readonly string[]): Urgency | null {
  const found = texts.flatMap((text) => {
    const clauses = clausesIn(text);
    return clauses.flatMap((clause) => signsIn(clause, clauses));
  });
  return ORDER.flatMap((level) => found.find((urgency) => urgency.level === level) ?? []).at(0) ?? null;
}

/** Longer messages are pasted logs, and longer clauses lists. */
const MOST_CHARACTERS = 10_000;
const LONGEST_CLAUSE = 600;

const ORDER: readonly UrgencyLevel[] = ['critical', 'high'];

interface Clause {
  readonly said: string;
  /** Its words, spelt right where they matter, with one space between. */
  readonly words: string;
}

/** Parts of a sentence: what is denied or asked in one says nothing of the next. */
function clausesIn(text: string): readonly Clause[] {
  return text
    .slice(0, MOST_CHARACTERS)
    .split(/(?<=[.!?;,:])(?=\s)|[\n()]|\s[-–—]+\s/u)
    .map((said) => ({
      said: said.replace(/\s+/gu, ' ').trim(),
      words: wordsOf(said).map(spelt).join(' ').slice(0, LONGEST_CLAUSE),
    }))
    .filter(({ words }) => words !== '');
}

function signsIn(clause: Clause, around: readonly Clause[]): readonly Urgency[] {
  return SIGNS.flatMap(({ form, ...sign }) => {
    const match = form.exec(clause.words);
    if (match === null || isDenied(clause.words, match.index) || !isMeant(clause.words, sign)) return [];
    if (sign.unless !== undefined && around.some(({ words }) => sign.unless?.test(words))) return [];
    if (sign.with !== undefined && !around.some(({ words }) => sign.with?.test(words))) return [];
    const { kind, level, what } = sign;
    return [{ kind, level, because: `${what}: “${quoted(clause.said, match[0])}”.` }];
  });
}

/** Longer clauses are quoted by the words alone that tell. */
const LONGEST_QUOTE = 160;

function quoted(said: string, words: string): string {
  return said.length <= LONGEST_QUOTE ? said.replace(/[,;:.!]+$/u, '') : words.slice(0, LONGEST_QUOTE);
}

const HYPOTHETICAL =
  /(?<!\b(?:sure|know|see|check|tell|wondering|as) )\bif\b|\b(?:in case|whenever|unless|suppose|imagine|avoid|prevent|protect(?:ed|ion|s)?|training|course|awareness|policy|policies|mandatory|insurance|questionnaire|simulat\w+|drill|webinar|newsletter|campaign|when (?:a|an|my|our|the|your|someones) \w+ (?:\w+ )?(?:is|are|gets|get)|(?:i|we) (?:get|lose|click)|counts as)\b/;
const ASKED =
  /^(?:(?:hi|hello|hey|please|and|but|so|also|or|just|quick|question|out of interest|wondering|can you tell me|could you tell me|does anyone know|do you know|i want to know|i would like to know) )*(?:how|what|whats|where|which|who|whom|whose|is|are|was|were|does|do|did|has|have|will|would|should|may|might|when)\b/;
const DENIED =
  /\b(?:not|isnt|wasnt|arent|werent|havent|hasnt|hadnt|didnt|dont|doesnt|never|no|nor|neither)(?: (?!notic|reali|see|sure|know|only|just)\w+){0,2} $/;

function isDenied(words: string, at: number): boolean {
  return DENIED.test(words.slice(0, at));
}

/** A thing that is asked about has not happened; what is told as happened has, whatever is asked beside it. */
function isMeant(words: string, { firm = false }: Pick<Sign, 'firm'>): boolean {
  return !HYPOTHETICAL.test(words) && (firm || !ASKED.test(words));
}

/** Words that matter and are often misspelt. */
const SPELT =
  'phishing ransomware malware laptop notebook macbook computer password stolen stole clicked entered suspicious infected hacked everyone everybody nobody internet network outage presentation payroll approved attachment colleagues compromised'.split(
    ' ',
  );

function spelt(word: string): string {
  if (word.length < 5 || SPELT.includes(word)) return word;
  return SPELT.find((right) => right[0] === word[0] && edits(word, right, 2) <= (right.length > 8 ? 2 : 1)) ?? word;
}

interface Sign {
  readonly kind: Exclude<Urgency['kind'], 'chosen'>;
  readonly level: 'high' | 'critical';
  readonly what: string;
  /** Tried on the words of a clause. */
  readonly form: RegExp;
  /** Told as happened: counts in a clause that asks, too. */
  readonly firm?: boolean;
  /** Not when another clause of the text has this. */
  readonly unless?: RegExp;
  /** Only when a clause of the text has this. */
  readonly with?: RegExp;
}

function signs(sign: Omit<Sign, 'form'>, forms: readonly string[]): readonly Sign[] {
  return forms.map((form) => ({ ...sign, form: new RegExp(`\\b(?:${form})(?![\\p{L}\\p{N}])`, 'u') }));
}

const SOME = (most: number) => `(?:\\w+ ){0,${most}}?`;
const OWN = '(?:my|our|the|a|his|her|their|work|company)';
const DEVICE = `(?:(?:work|company|business|office|corporate|personal|private|own|new|old|dell|hp|lenovo|apple|samsung|windows|android|mobile) )*(?:laptop|notebook|macbook|computer|pc|phone|mobile|smartphone|iphone|ipad|tablet|surface|thinkpad)`;
/** What follows a thing that is lost, and not a thing's part or a "connection". */
const END =
  '(?= (?:in|on|at|from|by|out|yesterday|today|tonight|this|last|the other|while|during|somewhere|and|with|when|what|how|who|help|please|pls|is|was|i|im|again|now|abroad|so|can|cant|since|or|but|overnight|after|before|near|ten|an hour)\\b|$)';
const PUBLIC_PLACE = `(?:train|taxi|cab|uber|bus|tram|metro|tube|subway|plane|flight|airport|hotel|restaurant|cafe|bar|pub|station|ferry|intercity)`;
const MALWARE = '(?:ransomware|malware|trojan|spyware|keylogger|virus|viruses)';
const NOT_A_TOOL = '(?! (?:scan\\w*|protection|software|checker|definitions?|signatures?|total|program))';
const BAD =
  '(?:phishing|phish|fishing|scam|suspicious|dodgy|fake|malicious|fraud\\w*|shady|sketchy|infected|hacked|hackers?)';
const ODD = '(?:bad|wrong|strange|weird|odd|unknown|spam)';
const OPENED = '(?:clicked|tapped|opened|downloaded|followed|installed|ran|fell for|replied to|responded to|answered)';
const SENT =
  '(?:links?|e ?mails?|mails?|messages?|sms|texts?|attachments?|files?|documents?|websites?|sites?|pages?|popups?|invoices?)';
const NOT_STARTED = '(?:didnt|did not|hadnt|never) (?:start|make|made|request|ask|initiate|trigger|send)\\w*';

const SECURITY: readonly Sign[] = [
  ...signs(
    {
      kind: 'security',
      level: 'critical',
      what: 'A device is lost or stolen',
      firm: true,
      unless:
        /\b(?:found (?:it|my|the|our)|(?:it|laptop|phone) (?:was |has been |is |came )?(?:found|back|returned)|(?:returned|got) it|turned up|handed (?:it )?in)\b/,
    },
    [
      `(?:lost|misplaced) ${OWN} ${DEVICE}${END}`,
      `${OWN} ${DEVICE} (?:was|is|were|got|has been|have been|has|must have been|may have been|just got)(?: just| probably)? (?:stolen|nicked|snatched|robbed|pinched|lost|missing|gone missing|gone)${END}`,
      `(?:${OWN} )?${DEVICE} (?:got )?(?:stolen|nicked|snatched)`,
      `^${DEVICE} (?:lost|missing)$`,
      `(?:stole|nicked|snatched|ran off with) ${OWN} ${DEVICE}`,
      `stolen ${DEVICE}${END}`,
      `(?:left|forgot) (?:it|${OWN} (?:bag|backpack|${DEVICE}))(?: \\w+){0,3}? (?:in|on|at) (?:a|an|the|my|some) (?:\\w+ )?${PUBLIC_PLACE}`,
      `${DEVICE} (?:was |is |got )?(?:left|forgotten) (?:in|on|at) (?:a|an|the) (?:\\w+ )?${PUBLIC_PLACE}`,
      `(?:cant|cannot|can not) find ${OWN} ${DEVICE}(?= anywhere| any ?more| since|$)`,
    ],
  ),
  ...signs({ kind: 'security', level: 'critical', what: 'Somebody may have fallen for phishing', firm: true }, [
    `${OPENED} ${SOME(6)}${BAD} ${SOME(2)}(?:${SENT}|popup|advert|call|software|program|app|extension|one|thing)`,
    `(?:clicked|tapped|followed) ${SOME(4)}${ODD} ${SOME(1)}${SENT}`,
    `${OPENED} ${SOME(6)}(?:${SENT}|it|program)(?: \\w+){0,3} (?:looks?|looked|seems?|seemed|was|is|turned out)(?: to be)?(?: \\w+)? (?:${BAD}|${MALWARE})`,
    `(?:entered|typed|put|gave|filled|submitted|used) (?:in )?(?:\\w+ ){0,4}?(?:password|credentials|login|details|card number) (?:in|into|on|at|to) ${SOME(3)}(?:${BAD}|wrong|strange|weird|unknown) ${SOME(1)}(?:${SENT}|form|person|caller|man|woman)`,
    `clicked(?! .*\\b(?:reset|welcome|invit\\w+|activat\\w+|official|vpn|wifi|portal)\\b)(?: \\w+){0,8} (?:asked|typed|entered|gave|filled)(?: \\w+){0,5} (?:password|credentials|login data)`,
    `(?:approved|accepted|confirmed) ${SOME(5)}(?:sign ins?|login|log in|prompt|request|notification|push)(?: \\w+){0,3} ${NOT_STARTED}`,
    `(?:paid|transferred|bought) ${SOME(8)}(?:scam\\w*|fraud\\w*|fake|to the new one|new (?:bank )?account)`,
  ]),
  ...signs(
    { kind: 'security', level: 'critical', what: 'An account or a password may be in wrong hands', firm: true },
    [
      `(?:i|we|accidentally|mistakenly|colleague|someone) (?:\\w+ ){0,2}?(?:leaked|posted|pasted|published|exposed|gave|told|shared|sent)(?! me| us) ${SOME(4)}(?:my|our) ${SOME(1)}(?:password|credentials|private key|api key)`,
      `(?:passwords?|credentials|accounts?|mailbox|private key|api key|customer data|personal data)(?: \\w+){0,2} (?:was|were|is|are|got|has been|have been|been|may be|might be) (?:\\w+ )?(?:leaked|stolen|compromised|exposed|pwned|taken over|in a (?:data )?(?:breach|leak))`,
      `(?:password|credentials) leaked|leaked ${SOME(2)}(?:password|credentials)`,
      `(?:ive|i|we|weve|been|was|got|is|are|account|mailbox|e ?mail|laptop|phone|computer|server|website|page) ${SOME(2)}hacked`,
      `(?:someone|somebody|a stranger|a hacker) ${SOME(3)}(?:logged|signed|got|broke|is|was|using|used) ${SOME(1)}(?:in|into|to|using|inside|with)? ?(?:my|our) ${SOME(1)}(?:account|mailbox|e ?mail|mail|laptop|computer|password)`,
      `(?:get|gets|getting|got|receive|received|receiving|keep|have) ${SOME(6)}(?:prompts?|requests?|codes?|notifications?|sms)(?: \\w+){0,3} ${NOT_STARTED}`,
      `(?:login|log in|sign in|logged in|signed in)(?: \\w+){0,6} (?:wasnt|was not|isnt|not) me`,
    ],
  ),
  ...signs({ kind: 'security', level: 'critical', what: 'An account or a password may be in wrong hands' }, [
    `(?:suspicious|strange|unknown|unusual|unauthori[sz]ed|unrecogni[sz]ed|weird) ${SOME(1)}(?:logins?|log ins?|sign ?ins?|access|activity)`,
    'data (?:breach|leak)',
  ]),
  ...signs({ kind: 'security', level: 'critical', what: 'A computer may be infected' }, [
    `${MALWARE}${NOT_A_TOOL} ${SOME(2)}(?:on|in) ${SOME(3)}(?:${DEVICE}|machine|server|network|drive|share|system)`,
    `(?:${DEVICE}|machine|server|network|system|i|ive|we|weve) (?:\\w+ )?(?:has|have|got|caught|gotten|getting) (?:a |some |the )?${MALWARE}${NOT_A_TOOL}`,
    `${MALWARE} (?:pop ?up|warning|alert|message|found|detected|attack|infection|outbreak|keeps)`,
    `(?:is|are|was|were|been|got|${DEVICE}|machine|server) ${SOME(2)}infected`,
    `files ${SOME(3)}encrypted(?: \\w+){0,6} (?:ransom|bitcoins?|pay)|ransom note|ransomware${NOT_A_TOOL}`,
  ]),
];

const SYSTEM =
  '(?:internet|network|wifi|wlan|wi fi|vpn|e ?mail|mail|outlook|exchange|phones?|telephones?|phone system|servers?|erp|crm|sso|logins?|sign in|systems?|website|webshop|shop|tills?|database|shared drives?|network drives?|slack|teams|zoom|intranet|portal)';
const DOWN =
  '(?:down|offline|out of (?:order|service)|dead|not working|not reachable|(?:doesnt|does not|dont|do not|isnt|arent|stopped|wont) (?:work|working|load|loading|respond|responding)|unreachable|unavailable|gone|broken|lost (?:the )?(?:internet|connection|network|power)|(?:has |have |without |there is |is |are )?(?:no|without) (?:internet|network|power|wifi|connection|e ?mail|phones?|electricity|access)|(?:cant|cannot|can not|unable to|not able to) (?:work|connect|log ?in|sign ?in|access|print|reach|send|open|get)|locked out)';
const SITE =
  '(?:whole|entire|complete|all|all of|all the|all of the) (?:the )?(?:\\w+ )?(?:offices?|sites?|building|company|factory|plant|warehouse|floor|organi[sz]ation|headquarters|hq|branch|store)';
const FOR_ALL =
  '(?:(?:for|to|affects|affecting|with|hits) (?:everyone|everybody|all of us|us all|all (?:users|employees|staff|colleagues)|(?:the )?(?:whole|entire) \\w+)|company ?wide|site ?wide|in all offices)';
const NOBODY = '(?:nobody|no one|noone|no body|none of us)(?: (?!hears?|sees?)\\w+){0,4}?';

const OUTAGE: readonly Sign[] = [
  ...signs({ kind: 'outage', level: 'critical', what: 'A whole site or everybody is cut off' }, [
    `${SITE}(?: \\w+){0,5}? ${DOWN}`,
    `${DOWN}(?: \\w+){0,4}? ${SITE}`,
    `${SYSTEM}(?: \\w+){0,5}? ${DOWN}(?: \\w+){0,5}? ${FOR_ALL}`,
    `${NOBODY} (?:has|have|gets) (?:any |an )?(?:internet|network|wifi|connection|e ?mail|power)`,
    `${NOBODY} (?:can|could|is able to|are able to) (?:even )?(?:work|log ?in|log on|sign ?in|connect|get in|get online|call|phone|send e ?mails?)(?! .*\\bm[ey]\\b)`,
  ]),
  ...signs({ kind: 'outage', level: 'high', what: 'Something that many use is down' }, [
    `${DOWN}(?: \\w+){0,3}? ${FOR_ALL}`,
    `(?:production|prod|live) (?:database|db|servers?|systems?|environment|site|cluster|api)(?: \\w+){0,2}? ${DOWN}`,
    `(?:(?:file|mail|e ?mail|print|main|database|web|terminal) ?)?servers? (?:is|are|has|went|seems|seem|looks)(?: \\w+)? ${DOWN}`,
    `our (?:whole |entire )?${SYSTEM} (?:is|are|has|went) (?:\\w+ )?(?:down|offline|dead)(?! .*\\bhome\\b)`,
    `(?:there is|we have|big|major|total|complete|full|${SYSTEM}) (?:an? )?(?:\\w+ )?outage`,
  ]),
];

const NUMBER =
  '(?:[5-9]|[1-9]\\d{1,3}|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|hundred|several|many|multiple|dozens of|lots of|a lot of|most of|half of)';
const GROUP = `(?:(?:whole|entire) (?:\\w+ )?(?:team|department|dept|office|floor|shift|class|group|crew|unit|lab|company)|all of us|us all|every ?(?:one|body) (?:in|on|at|here|of)|all (?:my|our|the) (?:\\w+ )?(?:colleagues|people|users|employees|agents|staff|team)|${NUMBER} (?:of )?(?:my |our |the |other )?(?:people|users|colleagues|employees|persons|staff|agents|coworkers|team members|teammates|us|drivers|operators|pcs|computers|laptops|machines|workstations))`;
const TROUBLE = `(?:${DOWN}|errors?|blocked|stuck|crash\\w*|lost|fails?|failing|failed|slow|wont|freez\\w*|frozen|hangs?|hanging|disappeared|missing|denied|unable|refuse\\w*|kicked out|troubles?|affected|same (?:problem|issue|error|thing)|problems?|waiting|cant|cannot)`;

const MANY: readonly Sign[] = [
  ...signs({ kind: 'many-people', level: 'high', what: 'Several people are affected' }, [
    `${GROUP}(?: \\w+){0,7}? ${TROUBLE}`,
    `${TROUBLE}(?: \\w+){0,7}? ${GROUP}`,
    `${NOBODY} (?:can|could|is able to) (?:print|access|open|reach|save|use|edit)(?! .*\\bm[ey]\\b)`,
  ]),
  ...signs(
    {
      kind: 'many-people',
      level: 'high',
      what: 'Several people are affected',
      with: new RegExp(`\\b${TROUBLE}\\b`, 'u'),
    },
    [`(?:same|affects|affecting|affected|happens|happening|its|it is|not (?:only|just) me)(?: \\w+){0,4}? ${GROUP}`],
  ),
];

const SOON =
  '(?:in (?:a |an |about |like |only |less than |under |just )*(?:[1-9]|[1-5]\\d|few|couple of|five|ten|fifteen|twenty|thirty|half an|half)? ?(?:mins?|minutes?|hour(?!s))|right now|is now|now)';
const APPOINTMENT =
  '(?:presentation|presenting|demo|meeting|interview|audit|webinar|pitch|exam|customer call|client call|board|lecture|all hands|town ?hall|conference)';
const BUSINESS =
  '(?:payroll|payment run|pay run|salaries|salary run|wages|invoicing|billing|shipping|shipments?|dispatch|deliveries|production)';

const STOPPED: readonly Sign[] = signs({ kind: 'stopped', level: 'high', what: 'Work is at a standstill' }, [
  `(?:^|i|we|im|were|he|she|they|people|colleagues?|team|and|so|still|completely|really|just) (?:(?:really|just|still|also|therefore|even|simply) )*(?:cant|cannot|can not|couldnt|unable to|not able to) (?:(?:really|even|actually) )?(?:do (?:my|any|our) (?:work|job)|do anything|work)(?! (?:out|from|remotely|as|like|with|in|under|over|around|together|for|on (?:weekends?|mondays?|fridays?|saturdays?|sundays?|it))\\b)`,
  `^(?:cant|cannot|unable to) work(?! (?:out|from|with|in|together|on weekends?)\\b)`,
  '(?:stops|stopping|keeps|keeping|prevents|preventing|blocks|blocking) (?:me|us) from (?:working|doing my (?:job|work))',
  '(?:i am|im|we are|were) (?:completely|totally|fully) (?:blocked|stuck|stranded)',
  '(?:impossible|not possible) to work|work is (?:impossible|at a standstill)',
  `${APPOINTMENT}(?: \\w+){0,6}? (?:is )?${SOON}`,
  `(?:starts?|starting|begins?|live|presenting|due) ${SOON}`,
  `${BUSINESS} (?:run )?(?:\\w+ ){0,3}?(?:blocked|stuck|halted|on hold|stopped|at a standstill|fails|failed|stands still|is down|wont run|cant (?:run|go out|be (?:sent|paid|processed)))`,
  `(?:blocked|stuck|stopped|cant (?:run|do|send|finish)|cannot (?:run|do|send|finish)) (?:\\w+ ){0,4}?(?:payroll|payment run|pay run)`,
  '(?:deadline|cut ?off|due|submission|filing)(?: \\w+){0,6}? (?:today|tonight|at noon|this (?:morning|afternoon)|in an hour)',
  '(?:\\d+|several|many|all) (?:trucks|lorries|customers|patients|drivers|couriers) (?:are )?(?:waiting|queu\\w+)',
  '(?:customer|client|patient|supplier)(?: \\w+){0,3} (?:on the (?:line|phone)|in front of me)',
]);

const SIGNS: readonly Sign[] = [...SECURITY, ...OUTAGE, ...MANY, ...STOPPED];
