import type { DraftCase, Split } from './case.ts';
import { companyDocuments, documentsOfSet, type SourceDocument } from './documents.ts';
import { type Cook, goodCooks } from './good.ts';
import { handwrittenCases } from './handwritten.ts';
import { badCooks } from './invented.ts';
import { chanceFrom } from './random.ts';
import { type Scene, scenesOf } from './scenes.ts';
import { translated } from './translated.ts';

/** Sets outside the project, from which cases are made where they are. */
export const OUTSIDE = ['emanual_tv', 'stackfaq'];

/** Of a kind, from one source, in one split, at most. */
const MOST = { company: 40, outside: 12 };

const cooks: Readonly<Record<string, { readonly cook: Cook; readonly isGood: boolean }>> = Object.fromEntries([
  ...Object.entries(goodCooks).map(([kind, cook]) => [kind, { cook, isGood: true }]),
  ...(['de', 'fr', 'es'] as const).map((tongue) => [`in-${tongue}`, { cook: translated(tongue), isGood: true }]),
  ...Object.entries(badCooks).map(([kind, cook]) => [kind, { cook, isGood: false }]),
]);

/** All cases from the company's documents: the same every time. `most` of a kind, in one split. */
export function companyCases(most = MOST.company): readonly DraftCase[] {
  const documents = companyDocuments();
  const scenes = scenesOf(documents);
  return [...casesFrom(scenes, most), ...handwrittenCases(scenes)];
}

/** Cases from a set outside the project; null where it is not. */
export function outsideCases(folder: string, most = MOST.outside): readonly DraftCase[] | null {
  const documents: readonly SourceDocument[] | null = documentsOfSet(folder);
  return documents === null ? null : casesFrom(scenesOf(documents), most);
}

function casesFrom(scenes: readonly Scene[], most: number): readonly DraftCase[] {
  const splits: readonly Split[] = ['tune', 'report'];
  return Object.entries(cooks).flatMap(([kind, { cook, isGood }]) =>
    splits.flatMap((split) => {
      const inSplit = scenes.filter((scene) => scene.split === split);
      return casesOfKind(chanceFrom(`order:${kind}:${split}`).shuffled(inSplit), { kind, cook, isGood, most });
    }),
  );
}

/** Kinds that few scenes lend themselves to get several from one; never the same twice. */
function casesOfKind(scenes: readonly Scene[], { most, ...making }: Making & { readonly most: number }) {
  const made = new Map<string, DraftCase>();
  let fit = scenes;
  for (const round of [0, 1, 2, 3]) {
    const fitting: Scene[] = [];
    for (const scene of fit) {
      if (made.size === most) return [...made.values()];
      const one = caseFrom(scene, { ...making, round });
      if (one === null) continue;
      fitting.push(scene);
      const said = JSON.stringify([one.question, one.draft.sentences]);
      if (!made.has(said)) made.set(said, one);
    }
    if (round === 0) fit = fitting;
  }
  return [...made.values()];
}

interface Making {
  readonly kind: string;
  readonly cook: Cook;
  readonly isGood: boolean;
}

function caseFrom(scene: Scene, { kind, cook, isGood, round }: Making & { readonly round: number }): DraftCase | null {
  const id = `${kind}:${scene.id}:${round}`;
  const chance = chanceFrom(id);
  const recipe = cook(scene, chance);
  if (recipe === null || recipe.sentences.length === 0) return null;
  if (isGood !== (recipe.bad.length === 0)) throw new Error(`${id} is not what its kind says`);
  const { sentences, bad, question = scene.question, language = 'en', spare = [], isBadByOrder = false } = recipe;
  const { split, source, document, passages } = scene;
  const places = sentences.map((_, at) => at);
  return {
    id,
    split,
    source,
    document,
    kind,
    isGood,
    question,
    passages,
    bad,
    isBadByOrder,
    draft: { outcome: 'answer', language, sentences, question: '', sure: 0.6 + chance.below(4) / 10 },
    needed: isGood ? places.filter((at) => !spare.includes(at)) : [],
  };
}
