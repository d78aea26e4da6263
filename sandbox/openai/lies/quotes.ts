import type { Draft, DraftSentence } from '../model/draft.ts';
import { encoded } from '../model/prompt.ts';
import { elsewhere, saying, type Scene, unsaid } from './scene.ts';

/** All sentences and quotes are true, and said to stand in another passage. */
export function wrongCitations(scene: Scene): Draft {
  const { prompt, chance } = scene;
  const wrong = (right: string) => {
    const others = prompt.passages.map(({ id }) => id).filter((id) => id !== right);
    return others.length === 0 ? `P${prompt.passages.length + 1 + chance.below(5)}` : chance.pick(others);
  };
  return quoting(scene, (support) => support.map(({ passage, quote }) => ({ passage: wrong(passage), quote })));
}

/** Each quote is true, and of something else. */
export function quotesFromOtherPassages(scene: Scene): Draft {
  const far = elsewhere(scene);
  const strange = far.length > 0 ? far : unsaid(scene);
  if (strange.length === 0) return inventedQuotes(scene);
  return quoting(scene, () => {
    const { passage, statements } = scene.chance.pick(strange);
    return statements.slice(0, 1).map(({ quote }) => ({ passage: passage.id, quote: encoded(quote) }));
  });
}

const frames: readonly string[] = [
  'As the guide says, {}',
  '{} This applies to all staff.',
  'Employees are advised as follows: {}',
  'Note: {} in every case',
];

/** Each quote sounds like the passage and does not stand in it. */
export function inventedQuotes(scene: Scene): Draft {
  const { chance } = scene;
  return {
    ...saying(
      scene,
      scene.honest.sentences.map((sentence) => ({
        text: sentence.text,
        support: sentence.support.map(({ passage, quote }) => ({
          passage,
          quote: chance.pick(frames).replace('{}', () => shuffled(quote)),
        })),
      })),
    ),
  };
}

/** The second half first. */
function shuffled(text: string): string {
  const words = text.split(' ');
  const middle = Math.floor(words.length / 2);
  return [...words.slice(middle), ...words.slice(0, middle)].join(' ');
}

function quoting(scene: Scene, other: (support: DraftSentence['support']) => DraftSentence['support']): Draft {
  return saying(
    scene,
    scene.honest.sentences.map(({ text, support }) => ({ text, support: other(support) })),
  );
}
