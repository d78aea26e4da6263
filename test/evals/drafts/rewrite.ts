import { capitalised, lowered, plain, rewording, sentence, withoutStop } from './plain.ts';
import { beginsWithOrder, isOrder } from './statements.ts';

/** Says a statement in other words that mean the same; null where it does not lend itself to that. Takes and gives Markdown. */
export type Rewriting = (markdown: string) => string | null;

/** Everyday words for each other, as people use them about computers. Written by hand, not by what any check knows. */
const SYNONYMS: readonly (readonly [RegExp, string])[] = [
  [/^Choose\b/, 'Select'],
  [/\bchoose\b/, 'pick'],
  [/^Select\b/, 'Choose'],
  [/\bselect\b/, 'choose'],
  [/^Click\b/, 'Press'],
  [/\bclick (?=the|on)/, 'select '],
  [/^Press\b/, 'Hit'],
  [/^Open\b/, 'Launch'],
  [/^Start\b/, 'Launch'],
  [/^Type\b/, 'Enter'],
  [/\btype\b/, 'enter'],
  [/^Enter\b/, 'Type'],
  [/^Raise\b/, 'Submit'],
  [/\braise a ticket\b/i, 'open a ticket'],
  [/\bring\b/, 'call'],
  [/^Ring\b/, 'Call'],
  [/\b[Tt]elephone the\b/, 'phone the'],
  [/\bswitched off\b/, 'turned off'],
  [/\bswitch off\b/, 'turn off'],
  [/^Switch off\b/, 'Disable'],
  [/^Switch on\b/, 'Turn on'],
  [/\bswitch on\b/, 'enable'],
  [/^Turn off\b/, 'Switch off'],
  [/\bturn off\b/, 'disable'],
  [/\bTurn (.{2,20}) off\b/, 'Switch $1 off'],
  [/^Restart\b/, 'Reboot'],
  [/\brestart\b/, 'reboot'],
  [/^Quit\b/, 'Close'],
  [/\bremove\b/, 'delete'],
  [/^Remove\b/, 'Delete'],
  [/\bdelete\b/, 'remove'],
  [/^Go to\b/, 'Open'],
  [/^Sign in\b/, 'Log in'],
  [/\bsign in\b/, 'log in'],
  [/^Sign out\b/, 'Log out'],
  [/\bsign out\b/, 'log out'],
  [/\bunplug\b/, 'disconnect'],
  [/^Unplug\b/, 'Disconnect'],
  [/^Plug in\b/, 'Connect'],
  [/^Check that\b/, 'Make sure'],
  [/^Check\b/, 'Verify'],
  [/^Tick\b/, 'Check'],
  [/^Give (?=the|your|a name)/, 'State '],
  [/^Say\b/, 'State'],
  [/\btell us\b/, 'let us know'],
  [/^Tell us\b/, 'Let us know'],
  [/^Put\b/, 'Place'],
  [/\bby (?:itself|themselves)\b/, 'automatically'],
  [/\bautomatically(?=[.,])/, 'by itself'],
  [/\bat once\b/, 'immediately'],
  [/\b[Uu]sually\b/, 'normally'],
  [/\babout (?=\d|two|three|ten|five|half|an)/, 'around '],
  [/\bneed (?=an?\b|the\b|your\b)/, 'require '],
  [/\basks? for\b/, 'requests'],
  [/^Ask for\b/, 'Request'],
  [/\bbroken\b/, 'faulty'],
  [/\btrouble\b/, 'problem'],
  [/\byou must\b/i, 'you have to'],
  [/\bswap\b/i, 'exchange'],
  [/^Touch\b/, 'Tap'],
  [/^Wait (?=about|up to|\d|two|ten|half)/, 'Allow '],
  [/\bstraight away\b/i, 'right away'],
  [/\bmend\b|\bcure\b|\brepair\b/, 'fix'],
  [/\bshows\b/, 'displays'],
  [/\barrives\b/, 'comes'],
  [/\bnew starter\b/, 'new employee'],
];

/** Up to two words by others of the same meaning. */
export const withSynonyms: Rewriting = (markdown) => {
  let left = 2;
  let isFirst = true;
  const changed = rewording(markdown, (words) => {
    const isStart = isFirst;
    isFirst = false;
    let hasVerb = !isStart;
    return SYNONYMS.reduce((said, [from, to]) => {
      const isVerb = from.source.startsWith('^');
      if (left === 0 || !from.test(said) || (isVerb && hasVerb)) return said;
      left -= 1;
      hasVerb ||= isVerb;
      return said.replace(from, to);
    }, words);
  });
  return changed === markdown ? null : repaired(changed);
};

/** What a swap of single words leaves behind. */
function repaired(markdown: string): string {
  return markdown.replace(/\bis reboot\b/, 'is restart').replace(/^(Close|Restart|Reboot) completely\b/, '$1');
}

export const withYou: Rewriting = (markdown) => {
  const never = /^(?:Don't|Do not|Never) (?=\p{Ll})/u;
  if (never.test(markdown)) return markdown.replace(never, 'You should not ');
  if (/^You can (?=\p{Ll})/u.test(markdown)) return capitalised(markdown.replace(/^You can /, 'It is possible to '));
  if (/^You (?:need to|must|should) /.test(markdown))
    return capitalised(markdown.replace(/^You (?:need to|must|should) /, ''));
  return isOrder(markdown) && /^[A-Z]/.test(markdown) ? `You need to ${lowered(markdown)}` : null;
};

export const withOpener: Rewriting = (markdown) =>
  isOrder(markdown) && /^[A-Z]/.test(markdown) ? `Please ${lowered(markdown)}` : null;

const PARTICIPLES: Readonly<Record<string, string>> = {
  Install: 'installed',
  Open: 'opened',
  Choose: 'chosen',
  Delete: 'deleted',
  Remove: 'removed',
  Add: 'added',
  Use: 'used',
  Press: 'pressed',
  Type: 'typed',
  Scan: 'scanned',
  Send: 'sent',
  Check: 'checked',
  Close: 'closed',
  Restart: 'restarted',
  Raise: 'raised',
  Attach: 'attached',
  Select: 'selected',
  Approve: 'approved',
  Connect: 'connected',
  Save: 'saved',
  Unplug: 'unplugged',
  Empty: 'emptied',
  Keep: 'kept',
  Set: 'set',
  Update: 'updated',
};

/** "Install X from Y" as "X must be installed from Y", "We send X" as "X is sent by us". */
export const asPassive: Rewriting = (markdown) => orderAsPassive(markdown) ?? oursAsPassive(markdown);

function orderAsPassive(markdown: string): string | null {
  const first = markdown.split(/(?<=\.)\s/)[0] ?? markdown;
  const [, verb = '', what = '', rest = ''] =
    /^(\w+) (\*\*[^*]+\*\*(?=[ .,])|\*[^*]+\*|(?:the|a|your|an) [\w-]+(?: [\w-]+)?(?=[ .,]))([^;:]*)$/.exec(first) ??
    [];
  const participle = PARTICIPLES[verb];
  if (participle === undefined || /\b(?:and|then|to|by|that|which)\b|,/.test(rest)) return null;
  return capitalised(`${what} must be ${participle}${rest}`);
}

const DONE: Readonly<Record<string, string>> = { send: 'sent', reset: 'reset', keep: 'kept', bring: 'brought' };

function oursAsPassive(markdown: string): string | null {
  const [, verb, what = '', rest = ''] =
    /^We (send|replace|reset|remove|release|keep|check|bring|wipe|import|create|confirm) ((?:the|a|an|your|it|them)\b[\w\s-]*?)([.,;].*)$/.exec(
      markdown,
    ) ?? [];
  if (verb === undefined) return null;
  const done = DONE[verb] ?? `${verb.replace(/e$/, '')}ed`;
  return capitalised(what === 'them' ? `they are ${done} by us${rest}` : `${what} is ${done} by us${rest}`);
}

const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\b([Dd])on't\b/g, '$1o not'],
  [/\b([Dd])oesn't\b/g, '$1oes not'],
  [/\b([Cc])an't\b/g, '$1annot'],
  [/\b([Ww])on't\b/g, '$1ill not'],
  [/\b([Ii])sn't\b/g, '$1s not'],
  [/\b([Aa])ren't\b/g, '$1re not'],
  [/\b([Hh])aven't\b/g, '$1ave not'],
  [/\b([Ww])asn't\b/g, '$1as not'],
  [/\b([Ii])t's\b/g, '$1t is'],
  [/\b(You|you)'re\b/g, '$1 are'],
  [/\b(We|we|You|you|They|they)'ll\b/g, '$1 will'],
];
const EXPANDED: readonly (readonly [RegExp, string])[] = [
  [/\b([Dd])o not\b/g, "$1on't"],
  [/\b([Cc])annot\b/g, "$1an't"],
  [/\b([Ii])s not\b/g, "$1sn't"],
  [/\b([Aa])re not\b/g, "$1ren't"],
  [/^It is (?=not|a|the|\w+ed)/g, "It's "],
  [/\b([Yy])ou are\b/g, "$1ou're"],
  [/\b([Yy])ou will\b/g, "$1ou'll"],
  [/\b([Ww])ill not\b/g, "$1on't"],
  [/\bdoes not\b/g, "doesn't"],
];

/** "don't" as "do not", or the other way round. */
export const withContractions: Rewriting = (markdown) => {
  const by = CONTRACTIONS.some(([from]) => new RegExp(from.source).test(markdown)) ? CONTRACTIONS : EXPANDED;
  const changed = rewording(markdown, (words) => by.reduce((said, [from, to]) => said.replaceAll(from, to), words));
  return changed === markdown ? null : changed;
};

const FUTURE: readonly (readonly [RegExp, string])[] = [
  [
    /\b(arrive|appear|come|expire|close|open|start|stop|last|return|move|ask|show|turn|take|get|send|work|lock|end|land|follow|settle)s\b(?! of)/,
    'will $1',
  ],
  [/\bgoes\b/, 'will go'],
  [/^You get\b/, 'You will get'],
  [/^We (send|ask|check|replace|bring|give|remind|ring|tell|keep|need)\b/, 'We will $1'],
  [/^They get\b/, 'They will get'],
  [/\b(The \w+(?: \w+)?) (?:is|are) (?=\w+ed\b)/, '$1 will be '],
];

/** "It arrives" as "it will arrive": only where the statement tells what follows. */
export const inFuture: Rewriting = (markdown) => {
  let isDone = isOrder(markdown) || /\b(?:will|can|must|may|if|when|who|that|which)\b/i.test(markdown);
  const changed = rewording(markdown, (words) => {
    const found = isDone ? undefined : FUTURE.find(([from]) => from.test(words));
    if (found === undefined) return words;
    isDone = true;
    return words.replace(found[0], found[1]);
  });
  return changed === markdown ? null : changed;
};

/** "If X, do Y" as "Do Y if X", "To X, do Y" as "Do Y to X", and back. */
export const withClausesSwapped: Rewriting = (markdown) =>
  conditionLast(markdown.trim()) ?? conditionFirst(markdown.trim());

function conditionLast(markdown: string): string | null {
  const [, word = '', condition = '', rest] =
    /^(If|When|To|After|Before|Once|For) ([^,.;:]{4,80}), ([^,.;:]{4,140})\.$/.exec(markdown) ?? [];
  if (rest === undefined || /^(?:and|or|the|then)\b/.test(rest)) return null;
  return sentence(`${capitalised(rest)} ${word.toLowerCase()} ${condition}`);
}

function conditionFirst(markdown: string): string | null {
  const [, rest, word = '', condition = ''] =
    /^([^,.;:]{8,100}) (if|when|unless|before|after|once) ([^,.;:]{6,80})\.$/.exec(markdown) ?? [];
  if (rest === undefined || /^(?:Don't|Check|See|Ask|Tell|Say)\b|\b(?:even|only|not|and)$/.test(rest)) return null;
  return sentence(`${capitalised(word)} ${condition}, ${lowered(rest)}`);
}

/** Leaves out what only explains: a reason, an aside, an example, a courtesy. Never a condition, never a warning. */
export const shortened: Rewriting = (markdown) => {
  const cut = markdown
    .replace(/,? because [^.]*(?=\.)/, '')
    .replace(/, as [^,.]{10,}(?=\.$)/, '')
    .replace(/, (?:such as|for example|for instance) (?:`[^`]*`|[^.,;`])*(?=[.])/, '')
    .replace(
      /\s\((?!you|if|only|not|on |in |before|after|older|from|except|unless|until|with|mac|windows|phone|web)[^()\d]{3,60}\)/i,
      '',
    )
    .replace(/\b[Pp]lease /, '')
    .replace(/, so (?:please )?(?:that )?[^.,]*(?=\.$)/, '')
    .replace(/, (?:sorry|really|oddly enough)(?=\.)/, '');
  return cut === markdown || cut.split(' ').length < 4 ? null : sentence(cut);
};

/** "Tell us" as "tell IT": who answers speaks of the helpdesk from outside. */
export const aboutIt: Rewriting = (markdown) => {
  const changed = rewording(markdown, (words) =>
    words
      .replace(/^We (?=(?:can|can't|will|don't)\b)/, 'IT ')
      .replaceAll(/\b(tell|ask|ring|send|write to|read) us\b/gi, '$1 IT')
      .replaceAll(/\bour (?=support|own)/g, "IT's "),
  );
  return changed === markdown ? null : changed;
};

/** One order that holds two as two sentences. */
export function asTwo(markdown: string): readonly [string, string] | null {
  const [, first = '', second = ''] = /^(.{6,}?),? (?:and|then) (.{6,})$/.exec(markdown) ?? [];
  if (!isOrder(first) || !beginsWithOrder(plain(second)) || !isClosed(first)) return null;
  if (/\b(?:if|when|before|until|not|don't|never)\b/i.test(markdown)) return null;
  return [sentence(first), sentence(`Then ${lowered(second)}`)];
}

/** Whether no mark, quotation or bracket is cut in two. */
function isClosed(markdown: string): boolean {
  return ['**', '`', '"'].every((mark) => markdown.split(mark).length % 2 === 1) && !/\([^)]*$/.test(markdown);
}

/** Two orders as one sentence. */
export function asOne(first: string, second: string): string | null {
  if (!isOrder(first) || !isOrder(second) || /[.!?] /.test(withoutStop(first))) return null;
  return sentence(`${withoutStop(first)}, then ${lowered(second)}`);
}
