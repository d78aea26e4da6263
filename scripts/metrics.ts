/** A prediction and whether it came true. */
export interface Judged {
  /** 0 to 1. */
  readonly confidence: number;
  readonly right: boolean;
}

/** A share with its 95 % interval by Wilson; null where there is nothing to take a share of. */
export interface Share {
  readonly count: number;
  readonly of: number;
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Two-sided 95 %. */
const Z = 1.96;

/** Wilson's score interval: right also for few cases and for shares near 0 and 1. */
export function shareOf(count: number, of: number): Share {
  if (of === 0) return { count, of, share: null, low: null, high: null };
  const share = count / of;
  const center = (share + Z ** 2 / (2 * of)) / (1 + Z ** 2 / of);
  const half = (Z / (1 + Z ** 2 / of)) * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  return { count, of, share, low: Math.max(0, center - half), high: Math.min(1, center + half) };
}

/** How often a right case is put above a wrong one, ties counting half; null when there are only right or only wrong ones. */
export function auroc(cases: readonly Judged[]): number | null {
  const right = cases.filter((one) => one.right).length;
  const wrong = cases.length - right;
  if (right === 0 || wrong === 0) return null;
  const groups = [...Map.groupBy(cases, ({ confidence }) => confidence)].toSorted(([a], [b]) => a - b);
  let wrongBelow = 0;
  let ordered = 0;
  for (const [, group] of groups) {
    const rightHere = group.filter((one) => one.right).length;
    const wrongHere = group.length - rightHere;
    ordered += rightHere * (wrongBelow + wrongHere / 2);
    wrongBelow += wrongHere;
  }
  return ordered / (right * wrong);
}

/** Mean squared distance between confidence and outcome: 0 is best. */
export function brier(cases: readonly Judged[]): number {
  return cases.reduce((sum, { confidence, right }) => sum + (confidence - Number(right)) ** 2, 0) / cases.length;
}

/** Cases of similar confidence, and how many of them came true. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly meanConfidence: number;
  readonly observed: Share;
}

const BINS = 10;

/** Ten bins of equal width; empty ones are left out. */
export function reliability(cases: readonly Judged[]): readonly Bin[] {
  const binOf = ({ confidence }: Judged) => Math.min(BINS - 1, Math.floor(confidence * BINS));
  return [...Map.groupBy(cases, binOf)]
    .toSorted(([a], [b]) => a - b)
    .map(([bin, members]) => ({
      from: bin / BINS,
      to: (bin + 1) / BINS,
      meanConfidence: members.reduce((sum, { confidence }) => sum + confidence, 0) / members.length,
      observed: shareOf(members.filter(({ right }) => right).length, members.length),
    }));
}

/** Expected calibration error: how far confidence and outcome lie apart, over {@link reliability}'s bins. */
export function expectedCalibrationError(cases: readonly Judged[]): number {
  return reliability(cases)
    .map(
      ({ meanConfidence, observed }) => (observed.of / cases.length) * Math.abs(meanConfidence - (observed.share ?? 0)),
    )
    .reduce((sum, part) => sum + part, 0);
}

/** If only the surest were answered: how many, from which confidence on, and how many of them wrongly. */
export interface RiskPoint {
  readonly coverage: number;
  readonly answered: number;
  readonly threshold: number;
  readonly risk: number;
}

/** Risk at each twentieth of coverage, the surest first. */
export function riskCoverage(cases: readonly Judged[]): readonly RiskPoint[] {
  const risks = risksOf(cases);
  return Array.from({ length: 20 }, (_, step) => (step + 1) / 20).flatMap((coverage) => {
    const answered = Math.round(coverage * cases.length);
    const point = risks[answered - 1];
    return point === undefined ? [] : [{ coverage, answered, ...point }];
  });
}

/** Area under the risk–coverage curve: the mean risk over all coverages. 0 is best. */
export function areaUnderRiskCoverage(cases: readonly Judged[]): number {
  const risks = risksOf(cases);
  return risks.reduce((sum, { risk }) => sum + risk, 0) / risks.length;
}

/** For each number of answers, the surest first: the last one's confidence and the share of wrong ones. Ties: wrong first. */
function risksOf(cases: readonly Judged[]): readonly { threshold: number; risk: number }[] {
  let wrong = 0;
  return cases
    .toSorted((a, b) => b.confidence - a.confidence || Number(a.right) - Number(b.right))
    .map(({ confidence, right }, index) => {
      wrong += Number(!right);
      return { threshold: confidence, risk: wrong / (index + 1) };
    });
}
