import { clausesOf, wordsOf } from './words.ts';

/** Longer requests tell enough, and a question back would read as if nobody had. */
const MOST_WORDS = 30;

/**
 * The one question to the employee whose answer IT would ask for first, when what was said lacks it; null when nothing
 * is surely missing. English only.
 */
export function missingFact(texts: readonly string[]): string | null {
  const text = texts.join('\n');
  const words = wordsOf(text);
  if (words.length > MOST_WORDS) return null;
  const said = ` ${words.join(' ')} `;
  if (clausesOf(text).some((clause) => ASKS_HOW.test(clause)) || NO_FAULT.test(said)) return null;
  const missing = FACTS.find(
    ({ about, told }) => about.test(said) && !told.some((form) => form.test(said) || form.test(text)),
  );
  return missing?.question ?? null;
}

const ASKS_HOW =
  /^(?:(?:hi|hello|hey|please|and|so) )*(?:how (?:do|can|to|long|much|often)|where (?:do|can|is)|what (?:is|are|does)|which|who|when|may|could we|can we|is there|is it possible|do (?:i|we)|does|are there|can i (?:get|have|use|buy|keep))\b/;

/** Who orders or returns a thing, or has lost it, has no fault to describe. */
const NO_FAULT =
  / (?:order|buy|return|replacement|borrow|lost|stolen|found|new (?:laptop|computer|phone|printer)|solved|resolved|never mind|nevermind|works again|works now) /;

interface Fact {
  /** What the request is about, when it lacks the fact. Tried on its words, with a space around each. */
  readonly about: RegExp;
  /** Any of these tells the fact. Tried on the words and on the text as written. */
  readonly told: readonly RegExp[];
  readonly question: string;
}

const FAULTY =
  '(?:slow|sluggish|crash\\w*|freez\\w*|frozen|hangs?|broken|dead|not (?:working|starting|turning on|booting)|(?:doesnt|dont|wont|does not|will not) (?:work|start|boot|turn on|switch on|charge|wake up)|stopped working|makes? noises?|overheats?|overheating|very hot|restarts|shuts down|faulty|black)';
/** A computer's model or name: whatever holds letters and digits together counts as a name. */
const NAMED = /\b(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{3,}\b/i;

const FACTS: readonly Fact[] = [
  {
    about: new RegExp(
      ` (?:meeting|conference|video) room (?:\\w+ ){0,5}?${FAULTY} | (?:no (?:sound|picture|video)|${FAULTY}) (?:\\w+ ){0,3}?(?:meeting|conference|video) room `,
    ),
    told: [/\b(?:room|in|at) (?:\d|[A-Z])/u, / (?:floor|our (?:office|building)|leeds|called|named|room \w*\d\w*) /],
    question: 'Which room is it?',
  },
  {
    about: new RegExp(
      ` (?:printer|scanner|copier)s? (?:\\w+ ){0,3}?(?:${FAULTY}|jam\\w*|jammed|offline|prints? (?:nothing|blank|stripes)) | (?:paper jam|cant print|cannot print|wont print) `,
    ),
    told: [
      NAMED,
      / (?:floor|room|line|desk|reception|kitchen|warehouse|home|level|office|department|lab|label) /,
      /\b[A-Z]{2,}-/,
    ],
    question: 'Which printer is it: its name on the label, or where it stands?',
  },
  {
    about:
      / (?:cant|cannot|can not|could not|couldnt|unable to|not able to|wont let me) (?:log ?in|login|log on|sign in|signin|sign on|get in)(?: (?:any ?more|at all|today|since (?:this )?\w+|this morning|help|please|pls|again|now|it says wrong password))* $/,
    told: [
      / (?:in|on|login|logon|signin) ?to (?!my account |the system |it )\w+/,
      / (?:windows|laptop|computer|mac|macbook|pc|phone|mail|e ?mail|outlook|vpn|wifi|slack|teams|zoom|portal|website|office 365|account|sso|salesforce|citrix|server|sap|app) /,
      NAMED,
    ],
    question: 'Where do you want to log in: Windows, e-mail, or which program or website?',
  },
  {
    about: new RegExp(
      ` (?:my|the|this) (?:work |office )?(?:computer|pc|laptop|notebook|machine|device) (?:\\w+ ){0,3}?${FAULTY} `,
    ),
    told: [
      / (?:windows|mac|macbook|macos|linux|ubuntu|thinkpad|lenovo|dell|hp|latitude|elitebook|surface|imac|ipad|chromebook|fan|battery|screen|keyboard|charger|dock|excel|outlook|teams|zoom|slack|word|browser|chrome|edge|vpn|wifi|internet|program|app|website|meeting|update|updates) /,
      NAMED,
    ],
    question: 'Which computer is it: a Windows laptop or a Mac, and what is its name or the number on its label?',
  },
  {
    about:
      / (?:i (?:get|got|have|see|keep getting|am getting)|im getting|getting|there is|shows?|says|gives?(?: me)?|throws?) (?:an|a|the|some|this|always an?|only an?) (?:strange |weird |unknown |same )?(?:error|error message|error code)(?: (?:message|again|when|all|every|since|on|in|at|with|while|if|today|now|please|help|what)(?: \w+){0,6})? $/,
    told: [
      /["“”„«»'‘`].{3,}["“”„«»'’`]/u,
      /error\W+\S*\d/i,
      /\berror[^.\n]{0,20}:\s*\S/i,
      /\d{3,}/,
      NAMED,
      /saying|that says/,
    ],
    question: 'What does the error say? Please copy its words or its number.',
  },
];
