import type { CheckedDraft, Draft, ShownPassage } from '#domain/draft/draft.ts';
import { shareOf, type Share } from '../../../scripts/metrics.ts';
import { type DraftCase, doesHarm, isWhole } from './case.ts';

/** The checks under examination. */
export type Check = (
  draft: Draft,
  asked: { readonly question: string; readonly passages: readonly ShownPassage[] },
) => CheckedDraft;

export interface Verdict {
  readonly one: DraftCase;
  readonly checked: CheckedDraft;
  /** A bad draft: something bad of it is left. A good one: it is still the answer. */
  readonly isThrough: boolean;
}

export function judge(cases: readonly DraftCase[], check: Check): readonly Verdict[] {
  return cases.map((one) => {
    const checked = check(one.draft, { question: one.question, passages: one.passages });
    return { one, checked, isThrough: (one.isGood ? isWhole : doesHarm)(one, checked.kept) };
  });
}

/** How many came through, of the good or of the bad. */
export function throughOf(verdicts: readonly Verdict[], isGood: boolean): Share {
  const meant = verdicts.filter(({ one }) => one.isGood === isGood);
  return shareOf(meant.filter(({ isThrough }) => isThrough).length, meant.length);
}

/** A line for each kind, the worst first, and one for all; shares with their 95 % intervals. */
export function tableOf(verdicts: readonly Verdict[]): readonly string[] {
  return [true, false].flatMap((isGood) => {
    const kinds = [
      ...Map.groupBy(
        verdicts.filter(({ one }) => one.isGood === isGood),
        ({ one }) => one.kind,
      ),
    ];
    const rows = kinds
      .map(([kind, members]) => ({ kind, share: throughOf(members, isGood) }))
      .toSorted((a, b) => (isGood ? 1 : -1) * ((a.share.share ?? 0) - (b.share.share ?? 0)));
    const title = isGood ? 'Good drafts that come through whole' : 'Bad drafts of which something bad comes through';
    return [title, ...rows.map(lineFrom), lineFrom({ kind: 'all', share: throughOf(verdicts, isGood) }), ''];
  });
}

function lineFrom({ kind, share: { count, of, share, low, high } }: { kind: string; share: Share }): string {
  const percent = (value: number | null) => (value === null ? '–' : `${(value * 100).toFixed(1)} %`);
  return `  ${kind.padEnd(22)} ${String(count).padStart(5)} of ${String(of).padStart(5)}  ${percent(share).padStart(7)}  (${percent(low)} to ${percent(high)})`;
}
