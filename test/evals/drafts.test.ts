import { checkDraft } from '#domain/draft/check.ts';
import { type DraftCase, doesHarm, isWhole } from './drafts/case.ts';
import { companyCases } from './drafts/cases.ts';
import { judge, tableOf, throughOf, type Verdict } from './drafts/judge.ts';
import { folded } from './drafts/plain.ts';

const cases = companyCases();
const report = cases.filter(({ split }) => split === 'report');

function holdsQuote({ passages }: DraftCase, { passage, quote }: { passage: string; quote: string }): boolean {
  const cited = passages.find(({ id }) => id === passage);
  return cited !== undefined && bare(cited.text).includes(bare(quote));
}

/** White space, marks and signs aside: what the noise in the quotes is made of. */
function bare(text: string): string {
  return folded(text).replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

describe('the cases', () => {
  test('are the same every time', () => {
    expect(companyCases()).toEqual(cases);
  });

  test('are enough: 500 good and 500 bad to report, 25 of each bad kind', () => {
    expect(report.filter(({ isGood }) => isGood).length).toBeGreaterThanOrEqual(500);
    expect(report.filter(({ isGood }) => !isGood).length).toBeGreaterThanOrEqual(500);
    const kinds = Map.groupBy(
      report.filter(({ isGood }) => !isGood),
      ({ kind }) => kind,
    );
    expect([...kinds].filter(([, members]) => members.length < 25)).toEqual([]);
    expect(kinds.size).toBeGreaterThanOrEqual(25);
  });

  test('have names of their own', () => {
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  });

  test('share no document between the splits, not even as a passage beside', () => {
    const titles = (split: string) =>
      new Set(cases.filter((one) => one.split === split).flatMap(({ passages }) => passages.map(({ title }) => title)));
    expect([...titles('tune')].filter((title) => titles('report').has(title))).toEqual([]);
  });

  test('show 3 to 6 passages, the right one among them', () => {
    expect(cases.filter(({ passages }) => passages.length < 3 || passages.length > 6)).toEqual([]);
  });

  test('say of each which sentences are needed or bad', () => {
    const places = ({ draft }: DraftCase) => draft.sentences.map((_, at) => at);
    const isOdd = (one: DraftCase) =>
      one.isGood
        ? one.bad.length > 0 || one.needed.length === 0
        : one.bad.length === 0 || one.bad.some((at) => !places(one).includes(at));
    expect(cases.filter(isOdd)).toEqual([]);
  });

  test('quote in good drafts what the cited passage says', () => {
    const strays = cases
      .filter(({ isGood }) => isGood)
      .flatMap((one) => one.draft.sentences.flatMap(({ support }) => support.map((each) => ({ one, each }))))
      .filter(({ one, each }) => !holdsQuote(one, each));
    expect(strays.map(({ one, each }) => [one.id, each.quote])).toEqual([]);
  });

  test('say in bad drafts nothing that stands in the passages word for word, where they are altered', () => {
    const altered = cases.filter(({ kind }) => /^(?:altered|foreign|look-alike|wrong-product)/.test(kind));
    const said = (one: DraftCase) => one.bad.map((at) => one.draft.sentences[at]?.text ?? '');
    const stands = (one: DraftCase) =>
      said(one).some((text) => one.passages.some((passage) => folded(passage.text).includes(folded(text))));
    expect(altered.filter(stands).map(({ id }) => id)).toEqual([]);
  });
});

describe('the verdicts', () => {
  const [good, bad] = [report.find(({ isGood }) => isGood), report.find((one) => !one.isGood && !one.isBadByOrder)];

  test('a good draft is lost with any sentence it needs, a bad one does harm with any bad sentence', () => {
    expect(good && isWhole(good, good.draft.sentences)).toBe(true);
    expect(good && isWhole(good, good.draft.sentences.slice(1))).toBe(false);
    expect(bad && doesHarm(bad, bad.draft.sentences)).toBe(true);
    expect(bad && doesHarm(bad, [])).toBe(false);
    expect(
      bad &&
        doesHarm(
          bad,
          bad.draft.sentences.filter((_, at) => !bad.bad.includes(at)),
        ),
    ).toBe(false);
  });

  test('checks that keep everything, and checks that keep nothing, both fail', () => {
    const all = judge(report, (draft) => ({ kept: draft.sentences, dropped: 0, checks: [] }));
    const none = judge(report, (draft) => ({ kept: [], dropped: draft.sentences.length, checks: [] }));
    expect([throughOf(all, true).share, throughOf(all, false).share]).toEqual([1, 1]);
    expect([throughOf(none, true).share, throughOf(none, false).share]).toEqual([0, 0]);
  });
});

describe('the checks alone, on documents they were not tuned on', () => {
  let verdicts: readonly Verdict[] = [];
  let table = '';

  beforeAll(() => {
    verdicts = judge(report, checkDraft);
    table = tableOf(verdicts).join('\n');
  }, 300_000);

  /** Says with the words of the passages what they do not say: what the second look is for, which is not taken here. */
  const TWISTED = new Set([
    'negation',
    'order-of-time',
    'contrary',
    'other-person',
    'condition-dropped',
    'false-conclusion',
    'by-hand-false',
  ]);
  const atMost = (share: number, of: readonly Verdict[]) => {
    const through = throughOf(of, false).share ?? 1;
    if (through > share) throw new Error(`${(through * 100).toFixed(2)} % came through\n${table}`);
    expect(through).toBeLessThanOrEqual(share);
  };

  test('let at most 1 in 100 drafts through with something in them that no cited passage has', () => {
    const of = verdicts.filter(({ one }) => !TWISTED.has(one.kind));
    expect(of.filter(({ one }) => !one.isGood).length).toBeGreaterThanOrEqual(900);
    atMost(0.01, of);
  });

  // 1 in 100 of all is the aim; it was 14 of 1313 when this was written, and is not to become more
  test('let at most 11 in 1000 of all bad drafts through, those of twisted meaning among them', () => {
    atMost(0.011, verdicts);
  });

  test('let at least 97 in 100 good drafts through', () => {
    const { share } = throughOf(verdicts, true);
    if ((share ?? 0) < 0.97) throw new Error(`only ${((share ?? 0) * 100).toFixed(1)} % came through\n${table}`);
    expect(share).toBeGreaterThanOrEqual(0.97);
  });
});
