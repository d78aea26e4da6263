import { withoutOrders } from '#domain/draft/orders.ts';
import { createDisguise } from '#domain/draft/disguise.ts';
import { readQuestion } from '#domain/draft/read-draft.ts';
import { type EarlierWords, standAloneData } from '#domain/prompt.ts';
import { nothingAsked, questionText } from '#domain/question.ts';
import { isOfThread } from '#domain/stand-alone.ts';
import type { Situation } from '#domain/situation.ts';
import type { ModelSession } from './model-session.ts';

/**
 * What is to be searched for: the question, made to stand alone ("and on Linux?" asks for what was asked before). A model
 * does it best; where there is none, or where it brings in words of its own, a rule does.
 */
export async function standAlone(
  situation: Pick<Situation, 'said' | 'earlier'>,
  { earlier, names, session }: { earlier: readonly EarlierWords[]; names: readonly string[]; session: ModelSession },
): Promise<string> {
  const asked = questionText(situation);
  const { text } = withoutOrders(asked);
  // who asks about such orders is to be answered too, from the documents alone: a search follows nobody's orders
  const byRule = nothingAsked(text) ? asked : text;
  if (situation.earlier.length === 0 || !session.canWrite) return byRule;
  const disguise = createDisguise(names);
  const shown = (text: string) => withoutOrders(disguise.hide(text, 'asked')).text;
  const question = shown(situation.said.join('\n'));
  const shownEarlier = earlier.map(({ by, text }) => ({ by, text: shown(text) }));
  const json = await session.ask('stand-alone', { data: standAloneData({ question, earlier: shownEarlier }) });
  const written = json === null ? null : readQuestion(json);
  if (written === null || !isOfThread(written, [question, ...shownEarlier.map(({ text }) => text)])) return byRule;
  return disguise.restore(written) ?? byRule;
}
