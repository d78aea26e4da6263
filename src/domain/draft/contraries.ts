import type { Evidence } from './evidence.ts';
import { isAkin, isSameAsAny, isSameWord, stemOf, stemsOf } from './likeness.ts';
import { lookOf } from './plain-text.ts';
import { remembered } from './remembered.ts';
import { oppositesOf, tellingStems } from './telling.ts';

/** How often stems are said. */
type Times = ReadonlyMap<string, number>;

/** Words so common that they may well be of another part. */
const LOOSE = new Set('up down all none same differ new old long short with over under'.split(' '));

/** Other words for "off". */
const ENDS = /^(?:disabl|deactivat|stop|quit|clos|remov|delet|shut|end|untick|clear)$/;

const SWITCHES =
  /\b(?:turn|switch|leave|put|keep|set|toggl)\p{L}*\b(?:\s+\S+){0,5}?\s+(?:on|off)\b|\b(?:is|are|be)\s+(?:on|off)\b/iu;

/** Words that stand where their contrary is quoted. */
export function contraryFaults(sentence: string, { core, near }: Pick<Evidence, 'core' | 'near'>): readonly string[] {
  const own = timesOf(sentence);
  const quoted = timesOf(core);
  const around = timesOf(near);
  return [...own.keys()].filter((stem) => {
    const opposites = oppositesOf(stem);
    if (times(own, stem) <= times(quoted, stem)) return false;
    if (!opposites.some((other) => times(own, other) < times(quoted, other))) return false;
    if (stem === 'befor' || stem === 'after') return hasSameFollower(stem, sentence, core);
    if (stem === 'on') return ![...own.keys()].some((other) => ENDS.test(other));
    if (stem === 'off') return !around.has('off') && SWITCHES.test(sentence);
    return !(LOOSE.has(stem) && around.has(stem)) && !isSaidOtherwise(stem, quoted, opposites);
  });
}

/** "Launch" for "open" is no contrary of a "close" that is said as well. */
function isSaidOtherwise(stem: string, quoted: Times, opposites: readonly string[]): boolean {
  return [...quoted.keys()].some((other) => other !== stem && !opposites.includes(other) && isAkin(stem, other));
}

/** "After the restart" for "before the restart"; "before A, B" for "B, after that A" is none. */
function hasSameFollower(stem: string, sentence: string, core: string): boolean {
  const followers = (text: string, word: string) => {
    const words = stemsOf(text);
    const at = words.indexOf(word);
    return at === -1 ? null : words.slice(at + 1, at + 3).join(' ');
  };
  const own = followers(sentence, stem);
  return own !== null && own === followers(core, stem === 'after' ? 'befor' : 'after');
}

const timesOf = remembered(timesAnew, 300_000);

function timesAnew(text: string): Times {
  const counts = new Map<string, number>();
  // "up to ten" goes no way up, and who has a connection may disconnect
  for (const stem of stemsOf(text.replaceAll(/\bup to\b|\bconnections?\b/gi, ' ')))
    counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return counts;
}

function times(counts: Times, stem: string): number {
  return counts.get(stem) ?? 0;
}

const PREFERRED = /\s(?:rather than|instead of|in preference to)\s/i;

/** "A rather than B" where "B rather than A" is quoted. */
export function isPreferenceTurned(sentence: string, core: string): boolean {
  const [own, ...rest] = sentence.split(PREFERRED);
  const quoted = core.split('\n').find((statement) => PREFERRED.test(statement));
  const [theirs = '', behind = ''] = quoted?.split(PREFERRED) ?? [];
  const beside = stemsOf(rest.join(' ')).slice(0, 2);
  if (own === undefined || quoted === undefined || beside.length === 0) return false;
  const has = (text: string) => beside.every((stem) => stemsOf(text).some((other) => isSameWord(stem, other)));
  return has(theirs) && !has(behind);
}

const CHANGE = /(?<![\p{L}\p{N}])([\p{L}\p{N}]+) (?:in)?to (?:(?:the|an?|your) )?([\p{L}\p{N}]+)/giu;

/** "Change A to B" where "change B to A" is quoted. */
export function isChangeTurned(sentence: string, core: string): boolean {
  const quoted = changesIn(core);
  return changesIn(sentence).some(
    ([from, to]) =>
      from !== to &&
      quoted.some(([theirs, other]) => theirs === to && other === from) &&
      !quoted.some(([theirs, other]) => theirs === from && other === to),
  );
}

function changesIn(text: string): readonly (readonly [string, string])[] {
  return Array.from(text.replaceAll('`', '').matchAll(CHANGE), ([, from = '', to = '']) => [
    stemOf(from.toLowerCase()),
    stemOf(to.toLowerCase()),
  ]);
}

const DUTY = /\b(?:must|have to|has to|required|mandatory|compulsory|obligatory|always|never)\b/gi;
const CHOICE =
  /\b(?:optional|optionally|if you (?:like|want|wish|prefer)|may|might|recommended|welcome to|(?:don't|do not) (?:have|need) to|no need to|not (?:required|mandatory|necessary)|needn't)\b/gi;

const NEEDLESS =
  /\b(?:need not|needn['’]t|(?:do not|don['’]t|no longer|won['’]t|will not) (?:need|have) to|no need|unnecessary|needless|not (?:necessary|required))\b/i;
const SPARED =
  /\b(?:not?|nothing|nobody|never|without|optional|may|already|automatic\w*|by (?:it|them)sel(?:f|ves)|on (?:its|their) own|instead|only)\b|n['’]t\b/i;

/** A heading under which people are spared what it names. */
const SPARING = /\b(?:do not|don['’]t) (?:want|need|have|like)\b|\bwithout\b|\binstead of\b/i;

/** That something is needless, where nothing that is quoted spares anybody anything, nor a heading that names it. */
export function isMadeNeedless(
  sentence: string,
  { core, titles }: { readonly core: string; readonly titles: readonly string[] },
): boolean {
  const needless = NEEDLESS.exec(sentence);
  if (needless === null || NEEDLESS.test(core) || SPARED.test(core)) return false;
  const spared = tellingStems(sentence.slice(needless.index + needless[0].length), 'en').slice(0, 3);
  return !titles.some((title) => SPARING.test(title) && spared.some((stem) => isSameAsAny(stem, stemsOf(title))));
}

/** Whether a choice that is quoted is said to be a duty, or a duty a choice. Imperatives are either. */
export function hasOtherDuty(sentence: string, core: string): boolean {
  const [own, theirs] = [dutiesOf(sentence), dutiesOf(core)];
  const isMadeDuty = own.duties > theirs.duties && own.choices < theirs.choices;
  return isMadeDuty || (own.choices > theirs.choices && own.duties < theirs.duties);
}

function dutiesOf(text: string): { readonly duties: number; readonly choices: number } {
  const look = lookOf(text);
  return {
    choices: look.match(CHOICE)?.length ?? 0,
    duties: look.replaceAll(CHOICE, ' ').match(DUTY)?.length ?? 0,
  };
}
