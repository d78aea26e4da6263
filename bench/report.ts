import { chosenWeight, type FusionReport } from './fusion.ts';
import type { LatencyReport } from './latency.ts';
import type { Quality } from './measures.ts';
import type { NearnessReport } from './nearness.ts';
import type { QualityReport } from './quality.ts';

const digits = (value: number) => value.toFixed(3).padStart(7);
const three = ({ ndcg, recall, mrr }: Quality) => `${digits(ndcg)} ${digits(recall)} ${digits(mrr)}`;

export function qualityTable(reports: readonly QualityReport[]): string {
  return reports
    .map((report) =>
      [
        `${report.set}: ${report.documents} documents, ${report.questions} questions`,
        `${' '.repeat(34)}nDCG@10  recall  MRR@10   (recall@10 of at most 10 right documents)`,
        `  search, clean                 ${three(report.clean)}`,
        `  search, one typo              ${three(report.typo)}`,
        `  search, typo, no correction   ${three(report.typoUncorrected)}`,
        `  any word + ts_rank_cd, clean  ${three(report.baselineClean)}`,
        `  any word + ts_rank_cd, typo   ${three(report.baselineTypo)}`,
        `  won back of what a typo costs ${(100 * report.wonBack).toFixed(0).padStart(5)} %`,
        `  nDCG over the baseline        ${digits(report.clean.ndcg - report.baselineClean.ndcg)}`,
        `  time, p50 / p95               ${report.medianMs.toFixed(1)} / ${report.p95Ms.toFixed(1)} ms`,
      ].join('\n'),
    )
    .join('\n\n');
}

export function latencyTable(reports: readonly LatencyReport[]): string {
  if (reports.length === 0) return '';
  const ms = (value: number) => value.toFixed(1).padStart(9);
  const rows = reports.map(
    (one) =>
      `${String(one.chunks).padStart(9)} ${`${100 * one.audienceShare} %`.padStart(8)} ${ms(one.p50Ms)} ${ms(one.p95Ms)} ` +
      `${ms(one.baselineP50Ms)} ${ms(one.baselineP95Ms)} ${(one.baselineP50Ms / one.p50Ms).toFixed(1).padStart(7)} ${(one.baselineP95Ms / one.p95Ms).toFixed(1).padStart(7)}`,
  );
  return [
    'Search beside any word + ts_rank_cd over the same chunks, in ms; how many times as fast',
    '   chunks  visible       p50       p95  base p50  base p95  × p50   × p95',
    ...rows,
  ].join('\n');
}

export function nearnessTable(report: NearnessReport): string {
  const ms = (value: number) => value.toFixed(1).padStart(9);
  const rows = report.audiences.map(
    (one) =>
      `${`${100 * one.share} %`.padStart(9)} ${digits(one.recall)} ${ms(one.p50Ms)} ${ms(one.p95Ms)} ${ms(one.exactP50Ms)} ${ms(one.exactP95Ms)} ` +
      `${(one.exactP50Ms / one.p50Ms).toFixed(1).padStart(7)} ${(one.exactP95Ms / one.p95Ms).toFixed(1).padStart(7)}`,
  );
  return [
    `Nearest of ${report.chunks} vectors of ${report.dimensions} numbers, intrinsic dimension ${report.intrinsicDimension.toFixed(1)}, index built in ${report.buildSeconds.toFixed(0)} s,`,
    'beside comparing every chunk of the audience; recall@10 of that, ms, and how many times as fast',
    '  visible  recall       p50       p95 exact p50 exact p95   × p50   × p95',
    ...rows,
  ].join('\n');
}

export function fusionTable(reports: readonly FusionReport[]): string {
  if (reports.length === 0) return '';
  const chosen = chosenWeight(reports);
  const row = ({ set, model, questions, weights }: FusionReport) => {
    const of = (wanted: number) => weights.find(({ weight }) => weight === wanted);
    const figures = weights.map(
      ({ weight, chosenOn, heldOut }) => `  ${weight.toFixed(2)} ${digits(chosenOn)} ${digits(heldOut)}`,
    );
    const gain = (of(chosen)?.heldOut ?? 0) - (of(0)?.heldOut ?? 0);
    return [
      `${set}, ${questions} questions, vectors of ${model}: nDCG@10 by the share of the vectors`,
      ' share   half A  half B',
      ...figures,
      `  half B with the share chosen on all halves A: ${gain < 0 ? '' : '+'}${gain.toFixed(3)} over words alone`,
    ].join('\n');
  };
  return [`Words and vectors fused; chosen on the halves A: ${chosen}`, ...reports.map(row)].join('\n\n');
}
