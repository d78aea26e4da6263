import type { PageAnswer } from './schema.ts';
import type { ChosenSpace } from './spaces.ts';

/** The space of a page that is a document: current, in a chosen space, with one of the labels if some are asked for. */
export function spaceOfDocument(
  page: PageAnswer,
  chosen: { spaces: ReadonlyMap<string, ChosenSpace>; labels: readonly string[] },
): ChosenSpace | null {
  const { spaces, labels } = chosen;
  if (page.status !== 'current') return null;
  const own = new Set(page.labels?.results.map(({ name }) => name.toLowerCase()));
  const isWanted = labels.length === 0 || labels.some((label) => own.has(label.toLowerCase()));
  return isWanted ? (spaces.get(page.spaceId) ?? null) : null;
}
