import type { DraftSentence } from '#domain/draft/draft.ts';
import type { Cook } from './good.ts';
import { faithful, supportOf } from './good.ts';
import { folded, plain, sentence } from './plain.ts';
import type { Chance } from './random.ts';
import type { Scene } from './scenes.ts';
import type { Statement } from './statements.ts';

/** Changes what a statement says; null where it has nothing of the kind. Takes and gives Markdown. */
export type Altering = (markdown: string, chance: Chance) => Altered | null;

export interface Altered {
  readonly markdown: string;
  /** What is wrong in it: must stand in no passage. '' where that cannot be told by a word. */
  readonly wrong: string;
}

/** Whether no passage says it, whatever its marks and its case. */
export function standsNowhere(scene: Scene, wrong: string): boolean {
  const [all, sought] = [shownIn(scene), folded(wrong)];
  const found = all.indexOf(sought);
  if (found === -1) return true;
  // A number or word may stand inside another: 5 in 15.
  const isPart = new RegExp(`(?<![\\p{L}\\p{N}])${escaped(sought)}(?![\\p{L}\\p{N}])`, 'u');
  return /^[\p{L}\p{N} ]+$/u.test(sought) && !isPart.test(all);
}

const shown = new WeakMap<Scene, string>();

/** All that the passages say, folded once. */
function shownIn(scene: Scene): string {
  const known = shown.get(scene);
  if (known !== undefined) return known;
  const text = scene.passages
    .map((passage) => [passage.title, ...passage.headings, passage.text].join('\n'))
    .join('\n');
  shown.set(scene, folded(text));
  return folded(text);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
}

/**
 * One sentence of the draft altered, with its true quote; in a fifth of the drafts the quote is altered with it. Around
 * it stands what the passage says.
 */
export function altering(alter: Altering): Cook {
  return (scene, chance) => {
    const found = chance.shuffled(scene.statements).flatMap((one) => {
      const said = alter(one.markdown, chance);
      const isWrong = said !== null && (said.wrong === '' || standsNowhere(scene, said.wrong));
      return said !== null && isWrong && plain(said.markdown) !== plain(one.markdown) ? [{ one, said }] : [];
    });
    const [first] = found;
    if (first === undefined) return null;
    const { one, said } = first;
    const quote = chance.share() < 0.2 ? said.markdown : one.quote;
    const altered = { text: sentence(plain(said.markdown)), support: supportOf(scene, quote) };
    return { ...amid(scene, one, altered) };
  };
}

/** The bad sentence in the place of the statement, with up to one true sentence before and after it. */
export function amid(scene: Scene, one: Statement, ...bad: readonly DraftSentence[]) {
  const said = scene.statements.filter(({ role }) => role !== 'row');
  const at = said.indexOf(one);
  const before = at > 0 ? said.slice(at - 1, at) : [];
  const after = at === -1 ? [] : said.slice(at + 1, at + 2);
  const sentences = [
    ...before.map((each) => faithful(scene, each)),
    ...bad,
    ...after.map((each) => faithful(scene, each)),
  ];
  return { sentences, bad: bad.map((_, place) => before.length + place) };
}

const NUMBER_WORDS = 'two three four five six seven eight nine ten twelve fifteen twenty thirty'.split(' ');

export const number: Altering = (markdown, chance) => {
  const words = markdown.replaceAll(/`[^`]*`|\]\([^)]*\)|https?:\S+/g, (code) => ' '.repeat(code.length));
  const found = [
    ...words.matchAll(/(?<![\w.:,-])\d{1,5}(?![\w:.-]|,\d)/g),
    ...words.matchAll(new RegExp(`\\b(?:${NUMBER_WORDS.join('|')})\\b`, 'g')),
  ];
  if (found.length === 0) return null;
  const { 0: old, index } = chance.pick(found);
  const next = /\d/.test(old)
    ? String(
        chance.pick([Number(old) * 2, Number(old) + 1, Number(old) * 10, Number(old) + 5, Math.ceil(Number(old) / 3)]),
      )
    : chance.pick(NUMBER_WORDS);
  const wrong = next;
  return next === old
    ? null
    : { markdown: markdown.slice(0, index) + next + markdown.slice(index + old.length), wrong };
};

export const version: Altering = (markdown, chance) => {
  const found = [...markdown.matchAll(/(?<![\w./-])\d{1,2}\.\d{1,2}(?:\.\d{1,2})?(?![\w./-]|\.\d)/g)];
  const names = [...markdown.matchAll(/\b(Windows|macOS|Ubuntu|Firefox|Outlook|Excel|iPhone|Android) (?!\d)/g)];
  const some = [...found, ...names];
  if (some.length === 0) return null;
  const { 0: old, 1: name, index } = chance.pick(some);
  const wrong =
    name === undefined ? bumped(old, chance) : `${name} ${chance.pick(['7', '9.2', '12.1', '21.04', '6.1'])}`;
  const tail = name === undefined ? '' : ' ';
  return { markdown: markdown.slice(0, index) + wrong + tail + markdown.slice(index + old.length), wrong };
};

function bumped(old: string, chance: Chance): string {
  const parts = old.split('.').map(Number);
  const at = chance.below(parts.length);
  return parts.map((part, place) => (place === at ? part + 1 + chance.below(3) : part)).join('.');
}

/** What is between backticks and is to be typed: another argument, another option, another path. */
export const command: Altering = (markdown, chance) => {
  const found = [...markdown.matchAll(/`([^`]{4,})`/g)].filter(
    ([, code = '']) => /[ \\/:*]|\.\w/.test(code) && !/^\d+ [\d.]+$/.test(code),
  );
  if (found.length === 0) return null;
  const { 0: whole, 1: code = '', index } = chance.pick(found);
  const ways: readonly ((text: string) => string)[] = [
    (text) => `${text} --force`,
    (text) => `${text} /f`,
    (text) => `sudo ${text}`,
    (text) => text.replace(/(?<=[-/])(\w)(?=\b)/, (letter) => (letter === 'x' ? 'y' : 'x')),
    (text) => text.replace(/:yes\b/, ':no'),
    (text) => text.replace(/\b(status|resync|checkin|restart|install|update|domain|enable)\b/, 'reset'),
    (text) => text.replace(/\d{2,}/, (digits) => String(Number(digits) + 7)),
    (text) => text.replace(/\b(\w{4,})(\W*)$/, (_, last: string, end: string) => `${last}-old${end}`),
    (text) => text.replace(/[\\/](\w{3,})\b/, (part) => `${part}2`),
    (text) => text.replace(/-(\w+)/, ''),
  ];
  const wrong = chance.pick(ways)(code);
  if (wrong === code || wrong.trim() === '') return null;
  return {
    markdown: markdown.slice(0, index) + whole.replace(code, () => wrong) + markdown.slice(index + whole.length),
    wrong,
  };
};

/** Error codes, names of groups, of machines, of queues. */
export const code: Altering = (markdown, chance) => {
  const found = [...markdown.matchAll(/`([\w.-]{3,30})`/g)].filter(([, name = '']) => /\d|-|[A-Z]{2}/.test(name));
  if (found.length === 0) return null;
  const { 0: whole, 1: name = '', index } = chance.pick(found);
  const digits = /\d+/.exec(name);
  const wrong =
    digits === null
      ? name.replace(/[\w]+$/, (last) =>
          chance.pick([`${last}2`, 'main', 'legacy', 'test'].filter((word) => word !== last)),
        )
      : name.slice(0, digits.index) + altDigits(digits[0], chance) + name.slice(digits.index + digits[0].length);
  return wrong === name
    ? null
    : {
        markdown: markdown.slice(0, index) + whole.replace(name, () => wrong) + markdown.slice(index + whole.length),
        wrong,
      };
};

function altDigits(digits: string, chance: Chance): string {
  const at = chance.below(digits.length);
  const next = (Number(digits.charAt(at)) + 1 + chance.below(8)) % 10;
  return digits.slice(0, at) + String(next) + digits.slice(at + 1);
}

const MENUS =
  'Preferences|Advanced settings|Account|Maintenance|Control panel|Diagnostics|Power options|Confirm|Apply changes|Register device|Profile manager|Utilities|Extras|My devices|Security centre|Repair wizard|Legacy mode|Sync centre|Data usage|Unblock|Override|Continue anyway|Skip|Task view|Developer options'.split(
    '|',
  );

/** Names of buttons, menus and forms. */
export const menu: Altering = (markdown, chance) => {
  const found = [...markdown.matchAll(/\*\*([^*]{3,40})\*\*/g)].filter(
    ([, name = '']) => /^\p{Lu}/u.test(name) && !/[:.?]$/.test(name),
  );
  if (found.length === 0) return null;
  const { 0: whole, 1: name = '', index } = chance.pick(found);
  const wrong = chance.pick(MENUS);
  return {
    markdown: markdown.slice(0, index) + whole.replace(name, () => wrong) + markdown.slice(index + whole.length),
    wrong,
  };
};

const KEYS = [
  'Ctrl + Shift + F9',
  'Alt + F4',
  'Windows key + Q',
  'Ctrl + Alt + K',
  'F8',
  'Shift + F10',
  'Cmd + Shift + 5',
  'Fn + F12',
  'Windows key + J',
  'Ctrl + Shift + Del',
];

/** Other keys for those it names; keys where it names none. */
export const keys: Altering = (markdown, chance) => {
  const wrong = chance.pick(KEYS);
  const combination = /(?:(?:Ctrl|Alt|Shift|Cmd|Option|Fn|Windows key)(?: ?\+ ?(?:[A-Z]\w*|[A-Z]))+|F\d{1,2})/;
  if (combination.test(markdown)) return { markdown: markdown.replace(combination, wrong), wrong };
  const order = /^(Open|Choose|Press|Start|Restart|Select|Click) ((?:the )?[\w-]+|\*\*[^*]+\*\*)(?=[ ,.])/;
  if (!order.test(markdown)) return null;
  return { markdown: markdown.replace(order, `$1 $2 (${wrong})`), wrong };
};

const UNITS: Readonly<Record<string, readonly string[]>> = {
  seconds: ['minutes', 'hours'],
  second: ['minute', 'hour'],
  minutes: ['hours', 'seconds', 'days'],
  minute: ['hour', 'second'],
  hours: ['minutes', 'days'],
  hour: ['minute', 'day'],
  days: ['hours', 'weeks'],
  day: ['week', 'hour'],
  weeks: ['days', 'months'],
  week: ['day', 'month'],
  months: ['weeks', 'years'],
  years: ['months'],
  GB: ['MB', 'TB'],
  MB: ['GB', 'kB'],
  pages: ['sheets of labels'],
  lines: ['files'],
  characters: ['words'],
  metres: ['kilometres'],
  dpi: ['lpi'],
};

/** The number stays, what it counts does not. */
export const unit: Altering = (markdown, chance) => {
  const numbers = `\\d+|${NUMBER_WORDS.join('|')}|an|half an|one`;
  const found = [
    ...markdown.matchAll(new RegExp(`\\b(${numbers})(\\**[ -])(${Object.keys(UNITS).join('|')})\\b`, 'g')),
  ];
  if (found.length === 0) return null;
  const { 0: whole, 1: count = '', 2: gap = ' ', 3: old = '', index } = chance.pick(found);
  const next = chance.pick(UNITS[old] ?? [old]);
  const wrong = `${count} ${next}`;
  const said = `${count === 'an' && next !== 'hour' ? 'a' : count}${gap}${next}`;
  return { markdown: markdown.slice(0, index) + said + markdown.slice(index + whole.length), wrong };
};

const PRODUCTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bOutlook\b/, ['Thunderbird', 'Gmail']],
  [/\bCompany Portal\b/, ['Software Center', 'the App Store']],
  [/\b1Password\b/, ['LastPass', 'KeePass']],
  [/\bBrindlow Connect\b/, ['GlobalProtect', 'FortiClient']],
  [/\bSalesforce\b/, ['HubSpot', 'Zendesk']],
  [/\bNorthledger\b/, ['SAP', 'NetSuite']],
  [/\bSharePoint\b/, ['Confluence', 'Box']],
  [/\bOneDrive\b/, ['iCloud Drive', 'Box']],
  [/\bSlack\b/, ['Mattermost', 'Discord']],
  [/\bZoom\b/, ['Webex', 'GoToMeeting']],
  [/\bTeams\b/, ['Webex', 'Skype for Business']],
  [/\bGitHub\b/, ['GitLab', 'Bitbucket']],
  [/\b3CX\b/, ['Avaya', 'RingCentral']],
  [/\bYubiKeys?\b/, ['RSA SecurID']],
  [/\bAuthenticator\b/, ['Duo Mobile', 'Authy']],
  [/\bExcel\b/, ['LibreOffice Calc']],
  [/\bEdge\b/, ['Internet Explorer', 'Opera']],
  [/\bFirefox\b/, ['Opera', 'Brave']],
  [/\bJira\b/, ['Asana', 'Trello']],
  [/\bAzureAD\b/, ['Okta']],
  [/\bBitLocker\b/, ['VeraCrypt']],
  [/\bUbuntu\b/, ['Fedora', 'Arch Linux']],
  [/\bThinkPad\b/, ['Dell Latitude', 'Surface']],
  [/\bJabra\b/, ['Plantronics']],
  [/\bSamsung\b/, ['LG', 'Sony']],
  [/\bSmart Hub\b/, ['Google TV']],
  [/\bBixby\b/, ['Alexa', 'Siri']],
  [/\bGoogle Docs\b/, ['Zoho Writer']],
  [/\bGmail\b/, ['Yahoo Mail', 'Fastmail']],
  [/\bTrello\b/, ['Asana']],
  [/\bDropbox\b/, ['Box', 'Nextcloud']],
  [/\bFacebook\b/, ['LinkedIn']],
];

export const product: Altering = (markdown, chance) => {
  const words = markdown.replaceAll(/`[^`]*`|\]\([^)]*\)/g, (part) => '_'.repeat(part.length));
  const found = PRODUCTS.flatMap(([name, others]) => {
    const hit = name.exec(words);
    return hit === null ? [] : [{ old: hit[0], index: hit.index, others }];
  });
  if (found.length === 0) return null;
  const { old, index, others } = chance.pick(found);
  const wrong = chance.pick(others);
  return { markdown: markdown.slice(0, index) + wrong + markdown.slice(index + old.length), wrong };
};
