import { createProgress } from '../../scripts/progress.ts';

function told(total: number, times: readonly number[], note = '') {
  const lines: string[] = [];
  const clock = [0, ...times];
  const progress = createProgress(
    { what: 'questions', total },
    { now: () => clock.shift() ?? 0, write: (line) => lines.push(line) },
  );
  for (const _ of times) progress(note);
  return lines;
}

test('what is done at once tells nothing', () => {
  expect(told(3, [1000, 2000, 3000])).toEqual([]);
});

test('what takes long tells how far it is, but not at each step, nor at the end', () => {
  const lines = told(5, [4000, 8000, 12_000, 16_000, 20_000]);
  expect(lines).toEqual(['2 of 5 questions, about 12 s left', '4 of 5 questions, about 4 s left']);
});

test('what else there is to say stands behind', () => {
  expect(told(1000, [6000], '3 calls failed')).toEqual(['1 of 1000 questions, about 100 min left; 3 calls failed']);
});
