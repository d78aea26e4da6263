import type { Altering } from './altered.ts';
import { altering, amid } from './altered.ts';
import type { Cook } from './good.ts';
import { supportOf } from './good.ts';
import { capitalised, folded, lowered, plain, rewording, sentence, stems, withoutStop } from './plain.ts';
import type { Chance } from './random.ts';
import type { Scene } from './scenes.ts';
import { isOrder, type Statement } from './statements.ts';

type Swap = readonly [RegExp, string];

/** The first swap that applies, once, in the words between the names. */
function swapping(swaps: readonly Swap[]): Altering {
  return (markdown, chance) => {
    for (const [from, to] of chance.shuffled(swaps)) {
      let isDone = false;
      const said = rewording(markdown, (words) => {
        if (isDone || !from.test(words)) return words;
        isDone = true;
        return words.replace(from, to);
      });
      if (isDone) return { markdown: capitalised(said), wrong: '' };
    }
    return null;
  };
}

const dropped: readonly Swap[] = [
  [/^(?:Don't|Do not|Never) (?=\p{Ll})/u, ''],
  [/\bdon't (?=\p{Ll})/u, ''],
  [/\bnever (?=\p{Ll})/u, 'always '],
  [/\bisn't\b/, 'is'],
  [/\baren't\b/, 'are'],
  [/\bcan't\b/, 'can'],
  [/\b[Cc]annot\b/, 'can'],
  [/\bwon't\b/, 'will'],
  [/\bdoesn't (\w+)/, 'does $1'],
  [/\bis not\b/, 'is'],
  [/\bdo not\b/, 'do'],
  [/\bmay not\b/, 'may'],
  [/\bneedn't\b/, 'have to'],
  [/\b[Nn]obody\b/, 'Anybody'],
  [/\b[Nn]o (?=\w+ (?:is|are)\b)/, 'A '],
  [/\bnot\b /, ''],
];

const added: readonly Swap[] = [
  [/^You can (?!'t|not)/, 'You cannot '],
  [/\byou can (?!'t|not)/, 'you cannot '],
  [/\bwe can (?!'t|not)/, 'we cannot '],
  [/\b(is|are) (?!not\b)(?=\w+ed\b|in\b|on\b|the\b|a\b|for\b|free\b|allowed\b)/, '$1 not '],
  [/\bwill (?!not\b)(?=\w)/, 'will not '],
  [/\byou must (?!not\b)/, 'you need not '],
  [/\bworks\b/, 'does not work'],
  [/\bneeds\b/, 'does not need'],
  [/\byou need (?=a|the|your)/, 'you need no longer have '],
];

/** "Don't" taken away, or "don't" put in. */
const negation: Altering = (markdown, chance) => {
  const isOrdered = isOrder(markdown) && /^[A-Z]/.test(markdown);
  const negated = isOrdered && chance.share() < 0.6 ? { markdown: `Don't ${lowered(markdown)}`, wrong: '' } : null;
  return swapping(dropped)(markdown, chance) ?? negated ?? swapping(added)(markdown, chance);
};

const order: Altering = swapping([
  [/\bbefore\b/, 'after'],
  [/\bafter\b/, 'before'],
  [/\bBefore\b/, 'After'],
  [/\bAfter\b/, 'Before'],
  [/\bfirst\b(?! time| name| hour)/, 'last'],
  [/\buntil\b/, 'after'],
  [/\bat least\b/, 'at most'],
  [/\bat most\b/, 'at least'],
  [/\bAt least\b/, 'At most'],
  [/\bmore than\b/, 'less than'],
  [/\bless than\b/, 'more than'],
  [/\bBelow (?=\d|$)/, 'Above '],
  [/\bbelow (?=\d|$)/, 'above '],
  [/\babove (?=[\d£€]|$)/, 'below '],
  [/\bOlder than\b/, 'Newer than'],
  [/\bolder than\b/, 'newer than'],
  [/\bor later\b/, 'or earlier'],
  [/\bor newer\b/, 'or older'],
  [/\bor less\b/, 'or more'],
  [/\bwithin\b/, 'only after'],
  [/\bWithin\b/, 'Only after'],
  [/\bup to\b/, 'no less than'],
  [/\bearlier\b/, 'later'],
  [/\boften\b/, 'seldom'],
  [/\bUsually\b/, 'Hardly ever'],
  [/\busually\b/, 'hardly ever'],
  [/\balways\b/, 'never'],
  [/\bwhile\b/, 'only after'],
]);

const contrary: Altering = swapping([
  [/\b([Ss]witch|[Tt]urn|[Ss]witched|[Tt]urned)((?: [\w-]+){0,4}) on\b/, '$1$2 off'],
  [/\b([Ss]witch|[Tt]urn|[Ss]witched|[Tt]urned)((?: [\w-]+){0,4}) off\b/, '$1$2 on'],
  [/\benable(d?)\b/i, 'disable$1'],
  [/\bdisable(d?)\b/i, 'enable$1'],
  [/\b[Uu]ntick\b/, 'tick'],
  [/^Tick\b/, 'Untick'],
  [/\b([Aa])llowed\b/, 'forbidden'],
  [/\bAllow\b/, 'Block'],
  [/\bunlock(s?)\b/i, 'lock$1'],
  [/^Install\b/, 'Uninstall'],
  [/\binstall(?=s?\b)/, 'uninstall'],
  [/^Connect\b/, 'Disconnect'],
  [/\bconnect the\b/, 'disconnect the'],
  [/^Disconnect\b/, 'Connect'],
  [/^Unplug\b/, 'Plug in'],
  [/^Plug in\b/, 'Unplug'],
  [/\bSign out\b/, 'Sign in'],
  [/^Open\b/, 'Close'],
  [/^Close\b/, 'Open'],
  [/^Add\b/, 'Remove'],
  [/^Remove\b/, 'Add'],
  [/^Keep\b/, 'Delete'],
  [/^Delete\b/, 'Keep'],
  [/\bon the left\b/, 'on the right'],
  [/\bon the right\b/, 'on the left'],
  [/\boutside\b/, 'inside'],
  [/\binside\b/, 'outside'],
  [/\bpublic\b/i, 'private'],
  [/\bface up\b/, 'face down'],
  [/\blarger\b/, 'smaller'],
  [/\bslower\b/, 'faster'],
  [/\bto the top\b/, 'to the bottom'],
  [/\bup\b(?= to| the)/, 'down'],
  [/\bnew\b (?=phone|laptop|password|one|PIN|key)/, 'old '],
  [/\bold\b (?=phone|laptop|password|one|PIN|key)/, 'new '],
  [/\bWindows:/, 'Mac:'],
  [/\bMac:/, 'Windows:'],
]);

/** Who does or decides it. */
const actor: Altering = swapping([
  [/\b[Yy]our manager\b/, 'your colleague'],
  [/\bReception\b/, 'The helpdesk'],
  [/\breception\b/, 'your manager'],
  [/\bthe owner\b/i, 'the IT helpdesk'],
  [/\b[Tt]he mailbox's owner\b/, 'IT'],
  [/\b[Tt]he folder's owner\b/, 'the helpdesk'],
  [/\b[Tt]he People team\b/, 'the IT team'],
  [/\bSales Operations\b/, 'The helpdesk'],
  [/\b[Tt]he financial controller\b/, 'your line manager'],
  [/\b[Tt]he engineering lead\b/, 'any engineer'],
  [/\b[Tt]he project lead\b/, 'anyone in the project'],
  [/\b[Tt]he sponsor\b/, 'the contractor'],
  [/\bthe organiser\b/i, 'any guest'],
  [/\bthe host\b/i, 'any participant'],
  [/\bIT\b(?= \w+s\b| can| sets| adds)/, 'Your manager'],
  [/^We (?=\p{Ll})/u, 'You '],
  [/\bwe (?=remove|check|wipe|send|replace|bring|restore|set|close|reset)/, 'you '],
  [/\bonly they can\b/, 'anybody can'],
  [/\bask us\b/i, 'ask your manager'],
  [/\btell us\b/i, 'tell your supplier'],
  [/\bdata protection lead\b/, 'office manager'],
  [/\bhead of department\b/, 'team assistant'],
  [/\bYou (?=get|can|decide)/, 'Your manager '],
  [/\bYour Internet Service Provider\b/i, 'the TV dealer'],
  [/\bservice provider\b/i, 'power company'],
]);

/** The condition left out: what holds for some, said to all. */
const condition: Altering = (markdown) => {
  const said = plain(markdown);
  const cuts: readonly Swap[] = [
    [
      /^If (?!not|so)[^,:]{4,90}[,:] (?!or |and )(?=.*\b(?:wip|delet|remov|lock|reset|shut|ring|close|uninstall|never|don't|charge|block|stop|add-in|restart|leave|unplug|allowed|sign out|erase)\w*)/i,
      '',
    ],
    [
      /^(?:Outside|Above|Below|Older than|Only|On (?:a Mac|Windows|Macs|an iPhone|iPhones|the phone)\b)[^,:]{4,90}[,:] (?!or |and )(?=.{8,})/,
      '',
    ],
    [
      /^(?:Windows|Mac|Linux|iPhones?|On a Mac|macOS|Samsung|MacBook[^:]*|ThinkPad[^:]*|Contractors|Employees)[^:]{0,20}: (?!you may)(?=.{8,})/,
      '',
    ],
    [/,? (?:only if|unless|except|as long as|provided|only when|but only) [^,.;:()]{5,80}(?=[.;,])/, ''],
    [/\bonly (?=in |on |if |through |with |by |for |when |from )/i, ''],
    [/ \((?:Windows|Mac|only|not|if|before|after|older)[^)]*\)/, ''],
  ];
  const cut = cuts.find(([from]) => from.test(said));
  return cut === undefined ? null : { markdown: sentence(capitalised(said.replace(cut[0], cut[1]))), wrong: '' };
};

/** Leaving out a condition that the question itself meets is no fault. */
const conditionDropped: Cook = (scene, chance) => {
  const asked = new Set(stems(`${scene.question} ${scene.right.headings.join(' ')} ${scene.right.title}`));
  const open: Altering = (markdown, dice) => {
    const found = condition(markdown, dice);
    if (found === null) return null;
    if (!isRule(found.markdown) || /\bmay be\b/.test(found.markdown) || / or [^.]* if /.test(plain(markdown)))
      return null;
    const left = new Set(stems(found.markdown));
    const gone = stems(plain(markdown)).filter((stem) => !left.has(stem));
    const isMet = gone.length > 0 && gone.filter((stem) => asked.has(stem)).length * 2 >= gone.length;
    return isMet ? null : found;
  };
  return altering(open)(scene, chance);
};

/** Whether it tells somebody to do something, or what is possible: only then does it matter to whom. */
function isRule(text: string): boolean {
  const isLong = text.split(' ').length >= 3;
  return isLong && (isOrder(text) || /\b(?:can|may|must|need|works?|never|don't|won't|allowed|are|is)\b/.test(text));
}

interface Pair {
  readonly one: Statement;
  readonly other: Statement;
}

function pairsOf(scene: Scene, chance: Chance): readonly Pair[] {
  const said = scene.statements;
  return chance.shuffled(said.flatMap((one) => said.filter((other) => other !== one).map((other) => ({ one, other }))));
}

/** Both quotes are true, and what is made of them is not. */
const joined: Cook = (scene, chance) => {
  const ways = chance.shuffled([mixedRow, movedNumber, needless, movedName]);
  for (const way of ways) {
    for (const { one, other } of pairsOf(scene, chance)) {
      const text = way(one, other);
      if (text === null || folded(scene.right.text).includes(folded(withoutStop(text)))) continue;
      const support = supportOf(scene, one.quote, other.quote);
      return amid(scene, one, { text: sentence(text), support });
    }
  }
  return null;
};

/** What one row says of another row's first cell. */
function mixedRow(one: Statement, other: Statement): string | null {
  const a = one.cells[0] ?? '';
  const b = other.cells.slice(1).join('; ');
  if (one.role !== 'row' || other.role !== 'row' || a === '' || b === '') return null;
  return one.cells.slice(1).join('; ') === b ? null : plain(`${a}: ${b}`);
}

const COUNT =
  /\b(?:\d+|two|three|four|five|ten|half an?|an?)(?: to \w+)?( working)? (seconds?|minutes?|hours?|days?|weeks?|months?|years?|GB|MB)\b/;

/** One statement's figure in the other. */
function movedNumber(one: Statement, other: Statement): string | null {
  const [a, b] = [COUNT.exec(plain(one.markdown)), COUNT.exec(plain(other.markdown))];
  if (a === null || b === null || a[0].toLowerCase() === b[0].toLowerCase()) return null;
  return plain(one.markdown).replace(a[0], b[0]);
}

/** That the one makes the other needless. */
function needless(one: Statement, other: Statement): string | null {
  if (!isOrder(one.markdown) || !isOrder(other.markdown) || one.line === other.line) return null;
  if (/[.!?] \S/.test(`${one.markdown} ${other.markdown}`.replace(/\.$/, ''))) return null;
  const [a, b] = [withoutStop(plain(one.markdown)), withoutStop(plain(other.markdown))];
  return `${a} so that you need not ${lowered(b)}`;
}

/** One statement's button in the other. */
function movedName(one: Statement, other: Statement): string | null {
  const [a, b] = [nameIn(one), nameIn(other)];
  if (a === null || b === null || one.line === other.line || !isOrder(one.markdown)) return null;
  return one.markdown.includes(b) ? null : plain(one.markdown.replace(`**${a}**`, `**${b}**`));
}

/** The first name in bold: of a button, a menu, a form. */
function nameIn({ markdown }: Statement): string | null {
  const name = /\*\*([^*]+)\*\*/.exec(markdown)?.[1] ?? '';
  return /^\p{Lu}.*[^.:]$/u.test(name) ? name : null;
}

export const meaningCooks: Readonly<Record<string, Cook>> = {
  negation: altering(negation),
  'order-of-time': altering(order),
  contrary: altering(contrary),
  'other-person': altering(actor),
  'condition-dropped': conditionDropped,
  'false-conclusion': joined,
};
