/**
 * Measures the checks of drafts: `node bench/checks.ts [--most 5] [--sizes 2000,4000] [--narrow] [--json]`
 *
 * Real drafts: those of test/evals/drafts, checked and weighed as an answer is. Garbage: what could come in at the most,
 * from who writes a page and, by it, a model's answer; passages of 2,000 to 32,000 characters, of which 8,000 is the
 * longest chunk. Beyond 12,000 nothing of a passage is looked at. All times are the processor's, beside the median of
 * the real drafts in the same run; the ratio of a size to half of it is near 2 where the work is linear, and below
 * where it ends at a bound.
 */
import { parseArgs } from 'node:util';
import { checkDraft, draftSignals, type Shown } from '#domain/draft/check.ts';
import type { Draft } from '#domain/draft/draft.ts';
import { companyCases } from '../test/evals/drafts/cases.ts';
import { draftOf, LIMITS, SHAPES, type Shape, shownOf } from './garbage.ts';
import { quantile } from './measures.ts';

const { values: options } = parseArgs({
  options: {
    most: { type: 'string', default: '5' },
    sizes: { type: 'string', default: '2000,4000,8000,16000,32000' },
    narrow: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const SIZES = options.sizes.split(',').map(Number);
/** Real drafts are checked so often; the first time warms up. */
const ROUNDS = 2;

interface Row {
  readonly shape: string;
  readonly draft: string;
  /** By the size of a passage, in ms. */
  readonly ms: readonly number[];
}

/** Of the processor, in ms: what else runs on the machine does not count. */
function elapsed(draft: Draft, shown: Shown): number {
  const before = process.cpuUsage();
  draftSignals(draft, checkDraft(draft, shown), shown);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function measureReal(): readonly number[] {
  const cases = companyCases(Number(options.most));
  const rounds = Array.from({ length: ROUNDS }, () => cases.map(({ draft, ...shown }) => elapsed(draft, shown)));
  return rounds.at(-1) ?? [];
}

function measureGarbage(shape: Shape): readonly Row[] {
  return LIMITS.slice(0, options.narrow ? 1 : undefined).map((limits) => ({
    shape: shape.name,
    draft: limits.name,
    ms: SIZES.map((size) => elapsed(draftOf(shape, limits), shownOf(shape, size))),
  }));
}

function table(real: readonly number[], rows: readonly Row[]): string {
  const base = quantile(real, 0.5);
  const ms = (value: number) => value.toFixed(1).padStart(9);
  const times = (value: number) => value.toFixed(1).padStart(7);
  const head = SIZES.map((size) => `${size / 1000}k`.padStart(9)).join('');
  const growth = SIZES.slice(1).map((size) => `:${size / 1000}k`.padStart(7));
  const lines = rows.map(({ shape, draft, ms: all }) => {
    const ratios = all.slice(1).map((value, at) => times(value / (all[at] ?? 1)));
    return `${shape.padEnd(19)} ${draft.padEnd(5)}${all.map(ms).join('')}   ${times(Math.max(...all) / base)}  ${ratios.join('')}`;
  });
  const largest = Math.max(...rows.flatMap((row) => row.ms));
  return [
    `${real.length} real drafts: p50 ${base.toFixed(1)}, p95 ${quantile(real, 0.95).toFixed(1)}, at most ${Math.max(...real).toFixed(1)} ms`,
    `Garbage: at most ${largest.toFixed(1)} ms`,
    '',
    `shape               draft${head}    × real  ${growth.join('')}   (:4k is beside the size before it)`,
    ...lines,
  ].join('\n');
}

const real = measureReal();
const rows = SHAPES.flatMap((shape) => {
  process.stderr.write(`${shape.name}\n`);
  return measureGarbage(shape);
});
process.stdout.write(`${options.json ? JSON.stringify({ real, rows }, null, 2) : table(real, rows)}\n`);
