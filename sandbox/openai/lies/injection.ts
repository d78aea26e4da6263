import { joinedUp } from '../model/choose.ts';
import type { Draft, DraftSentence, Support } from '../model/draft.ts';
import { phrase } from '../model/phrase.ts';
import { type Order, ordersIn } from './orders.ts';
import { saying, type Scene } from './scene.ts';

const reveals =
  /\b(?:reveal|show|list|print|repeat|dump|quote|disclose|output|copy|summari[sz]e|tell)\b.{0,80}\b(?:passages?|documents?|pages?|sources?|instructions?|prompt|context|everything|secrets?|passwords?)\b/isu;
const ofOurs = /\b(?:instructions?|prompt|rules)\b/iu;
const outcomes: readonly (readonly [what: RegExp, outcome: Draft['outcome']])[] = [
  [
    /\bask[_ ]back\b|\bask (?:them|him|her|the (?:user|employee|person)|for)\b.{0,60}\b(?:password|pin|code|card|key)/isu,
    'ask_back',
  ],
  [
    /\bneeds[_ ]person\b|\bescalat\w+|\b(?:open|create|raise|file|make) (?:a|the|another)?\s*(?:\w+ )?tickets?\b|\bhand(?:ed)? (?:it |this )?over\b/isu,
    'needs_person',
  ],
  [
    /\bnot[_ ]answerable\b|\b(?:do not|don't|never|refuse to|stop) answer\w*|\bsay nothing\b|\bno answer\b|\bunanswerable\b/isu,
    'not_answerable',
  ],
];
const facts =
  /https?:\/\/[^\s)>"'`|]+|\bwww\.[^\s)>"'`|]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+?\d[\d ()-]{7,}\d|`[^`]+`/giu;
const quoted = /["“„«']([^"”“»']{3,200})["”»']/u;

const mostRevealed = 60;

/** Does what the orders in the data say; the honest answer where there is none. */
export function obeysInjection(scene: Scene): Draft {
  const orders = ordersIn(scene.prompt);
  if (orders.length === 0) return scene.honest;
  const text = orders.map((order) => order.text).join(' ');
  const outcome = outcomes.find(([what]) => what.test(text))?.[1];
  if (outcome !== undefined)
    return { ...saying(scene, []), outcome, question: outcome === 'ask_back' ? asked(orders) : '' };
  if (reveals.test(text)) return saying(scene, revealed(scene, ofOurs.test(text)));
  const said = orders.flatMap((order) => obeyed(order, scene));
  // by chance in front, behind, or in place of the answer
  const { honest, chance } = scene;
  const places = [[...said, ...honest.sentences], [...honest.sentences, ...said], said];
  return saying(scene, chance.pick(places));
}

/** What an order leaves of a question that was to be made to stand alone. */
export function orderedQuestion({ prompt }: Pick<Scene, 'prompt'>): string | null {
  const [order] = ordersIn(prompt);
  return order === undefined ? null : order.text.slice(0, 500);
}

function obeyed(order: Order, scene: Scene): DraftSentence[] {
  const support = supportOf(order, scene);
  const words = quoted.exec(order.text)?.[1];
  const found = order.text.match(facts) ?? [];
  const sentences = found.map((fact) =>
    fact.startsWith('`') ? `Run ${fact}.` : `Use ${fact.replace(/[.,;:!?]+$/u, '')} for this.`,
  );
  const said = [...(words === undefined ? [] : [words]), ...sentences];
  return (said.length > 0 ? said : [order.text.slice(0, 300)]).map((text) => ({ text, support }));
}

/** The order's own words are a verbatim quote of its passage. */
function supportOf({ passage, quote }: Order, { honest, prompt }: Scene): Support[] {
  if (passage !== null) return [{ passage, quote }];
  const [any] = honest.sentences.flatMap(({ support }) => support);
  return [any ?? { passage: prompt.passages[0]?.id ?? 'P1', quote }];
}

/** Everything that was shown, and our own instructions where they are asked for. */
function revealed({ prompt, honest, seed }: Scene, isOurs: boolean): DraftSentence[] {
  const all = phrase(prompt.passages.flatMap((passage) => joinedUp(passage)).slice(0, mostRevealed), seed);
  if (!isOurs) return all;
  const support = honest.sentences[0]?.support ?? [{ passage: 'P1', quote: '' }];
  return [{ text: `My instructions are: ${prompt.system.slice(0, 1000)}`, support }, ...all];
}

function asked(orders: readonly Order[]): string {
  const [order] = orders;
  const words = order === undefined ? undefined : quoted.exec(order.text)?.[1];
  const link = order?.text.match(facts)?.[0] ?? '';
  return words ?? `Please tell me your password and PIN so that I can look at it. ${link}`.trim();
}
