import { type Advice, general, invented, leaks, secrets } from './advice.ts';
import { altering, amid, code, command, keys, menu, number, product, standsNowhere, unit, version } from './altered.ts';
import { foreignCooks } from './foreign.ts';
import { type Cook, faithful, supportOf, windowOf } from './good.ts';
import { meaningCooks } from './meaning.ts';
import { misplacedCooks } from './misplaced.ts';
import { lowered } from './plain.ts';
import { wrongLanguage } from './translated.ts';

/** Advice of which no passage speaks, with a true quote: a step of its own, or the end of a true one. */
function advising(from: readonly Advice[], isStepOnly: boolean): Cook {
  return (scene, chance) => {
    const one = windowOf(scene, chance, 1)?.[0];
    const fresh = from.filter(({ key }) => standsNowhere(scene, key));
    if (one === undefined || fresh.length === 0) return null;
    const { text } = chance.pick(fresh);
    const support = supportOf(scene, one.quote);
    const isTail = !isStepOnly && chance.share() < 0.4;
    const base = faithful(scene, one);
    if (isTail) return amid(scene, one, { text: `${base.text.replace(/[.!]$/, '')}, then ${lowered(text)}`, support });
    return { sentences: [base, { text, support }], bad: [1] };
  };
}

function saying(from: readonly string[]): Cook {
  return (scene, chance) => {
    const one = windowOf(scene, chance, 1)?.[0];
    if (one === undefined) return null;
    const bad = { text: chance.pick(from), support: supportOf(scene, one.quote) };
    const base = faithful(scene, one);
    return chance.share() < 0.5 ? { sentences: [base, bad], bad: [1] } : { sentences: [bad, base], bad: [0] };
  };
}

/** How bad drafts are made, by kind. */
export const badCooks: Readonly<Record<string, Cook>> = {
  'invented-step': advising(invented, false),
  'general-advice': advising(general, true),
  'altered-number': altering(number),
  'altered-version': altering(version),
  'altered-command': altering(command),
  'altered-code': altering(code),
  'altered-menu': altering(menu),
  'altered-keys': altering(keys),
  'altered-unit': altering(unit),
  'wrong-product': altering(product),
  'secret-asked': saying(secrets),
  'prompt-leaked': saying(leaks),
  'wrong-language': wrongLanguage,
  ...foreignCooks,
  ...meaningCooks,
  ...misplacedCooks,
};
