import { join } from 'node:path';
import { SetupError } from '#errors.ts';
import type { DraftCase, Split } from '../test/evals/drafts/case.ts';
import { companyCases, OUTSIDE, outsideCases } from '../test/evals/drafts/cases.ts';
import { judge, tableOf, type Verdict } from '../test/evals/drafts/judge.ts';
import { readOptions, runCommand } from './command-line.ts';
import { checkDraft } from '#domain/draft/check.ts';

// npm run evaluate:drafts -- [--split tune|report] [--kind NAME] [--show N] [--sets FOLDER] [--most N]
//
// Runs the checks, without a model's second look, over drafts of which it is known whether they may be said. --show
// prints that many of those that were judged wrongly; use it with the split to tune only, or the report is none. --most takes
// so many cases of a kind from one source instead of the usual number: what does not generalise shows in many.
await runCommand(async () => {
  const options = readOptions([], ['split', 'kind', 'show', 'sets', 'most']);
  const split = splitFrom(options['split'] ?? 'report');
  const show = wholeFrom(options['show'], '--show') ?? 0;
  const most = wholeFrom(options['most'], '--most');
  const cases = [...companyCases(most), ...casesOutside(options['sets'], most)]
    .filter((one) => one.split === split)
    .filter(({ kind }) => options['kind'] === undefined || kind === options['kind']);
  if (cases.length === 0) throw new SetupError('There is no case of that kind.');
  const verdicts = judge(cases, checkDraft);
  console.log(`Split "${split}", ${new Set(cases.map(({ document }) => document)).size} documents\n`);
  console.log(tableOf(verdicts).join('\n'));
  const wrong = verdicts.filter(({ one, isThrough }) => one.isGood !== isThrough).slice(0, show);
  for (const verdict of wrong) console.log(shown(verdict));
});

function wholeFrom(text: string | undefined, name: string): number | undefined {
  const number = text === undefined ? undefined : Number(text);
  if (number !== undefined && !(Number.isInteger(number) && number >= 0))
    throw new SetupError(`${name} must be a whole number.`);
  return number;
}

function splitFrom(name: string): Split {
  if (name !== 'tune' && name !== 'report') throw new SetupError('--split must be tune or report.');
  return name;
}

function casesOutside(folder: string | undefined, most: number | undefined): readonly DraftCase[] {
  if (folder === undefined) return [];
  return OUTSIDE.flatMap((name) => {
    const cases = outsideCases(join(folder, name), most);
    if (cases === null) console.error(`The set ${name} is not in ${folder}: its documents are left out.`);
    return cases ?? [];
  });
}

function shown({ one, checked }: Verdict): string {
  const kept = new Set(checked.kept.map(({ text }) => text));
  const failed = checked.checks.filter(({ held }) => !held).map(({ name }) => name);
  const lines = one.draft.sentences.flatMap(({ text, support }, at) => [
    `  ${kept.has(text) ? 'kept   ' : 'dropped'} ${one.bad.includes(at) ? '(bad)' : '     '} ${text}`,
    ...support.map(({ passage, quote }) => `                   ${passage}: ${quote}`),
  ]);
  return [`${one.id}`, `  asked: ${one.question}`, ...lines, `  not held: ${failed.join(', ') || 'none'}`, ''].join(
    '\n',
  );
}
