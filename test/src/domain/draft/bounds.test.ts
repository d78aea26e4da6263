import { checkDraft } from '#domain/draft/check.ts';
import type { DraftSentence, ShownPassage } from '#domain/draft/draft.ts';
import type { Finding } from '#domain/draft/finding.ts';
import { answer, PRINTER, QUESTION, said, SCANNER } from './shown.ts';

const badge = said('Badge in and choose Scan, To folder.', 'Badge in and choose **Scan**, **To folder**.');

function passageOf(text: string, id = 'P1'): ShownPassage {
  return { id, title: 'Scan to a folder', headings: [], text };
}

function findingsOf(passage: ShownPassage, ...sentences: readonly DraftSentence[]): readonly Finding[] {
  return checkDraft(answer(...sentences), { question: QUESTION, passages: [passage] }).findings;
}

/** `baa bab bac …`: words of three letters, no two the same. */
function words(count: number, from = 0): string {
  const letter = (at: number) => String.fromCharCode(97 + (at % 26));
  return Array.from({ length: count }, (_, at) => {
    const number = from + at;
    return `${letter(1 + Math.floor(number / 676))}${letter(Math.floor(number / 26))}${letter(number)}`;
  }).join(' ');
}

test.each([
  [120, []],
  [201, ['form']],
])('a sentence of %i words', (count, failed) => {
  const text = `Scan ${words(count - 1)}.`;
  expect(findingsOf(passageOf(text), said(text, text)).map((finding) => finding.failed)).toEqual([failed]);
});

test.each([
  [250, true],
  [301, false],
])('a quoted sentence of %i words', (count, isLookedAt) => {
  const long = `Scan ${words(count - 1)}.`;
  const [finding] = findingsOf(passageOf(long), said('Scan baa bab bac.', long));
  expect(finding?.evidence !== null).toBe(isLookedAt);
  expect(finding?.failed.includes('quotes')).toBe(!isLookedAt);
});

test.each([
  [80, true],
  [81, false],
])('%i quoted items', (count, isLookedAt) => {
  const items = Array.from({ length: count }, (_, at) => `- Scan ${words(3, 3 * at)}`).join('\n');
  const [finding] = findingsOf(passageOf(items), said('Scan baa bab bac.', items));
  expect(finding?.failed.includes('quotes')).toBe(!isLookedAt);
});

test('a passage over 12,000 characters counts as not shown', () => {
  const long = { ...SCANNER, text: `${SCANNER.text}\n\n${'More of it follows here. '.repeat(480)}` };
  expect(checkDraft(answer(badge), { question: QUESTION, passages: [SCANNER, PRINTER] }).kept).toHaveLength(1);
  const { kept, findings } = checkDraft(answer(badge), { question: QUESTION, passages: [long, PRINTER] });
  expect(kept).toEqual([]);
  expect(findings.map(({ failed }) => failed)).toEqual([['quotes']]);
});

test('of a draft with more quotes than a reply can hold nothing is looked at', () => {
  const padded = {
    ...badge,
    support: [...badge.support, ...Array(16).fill({ passage: 'P1', quote: 'x'.repeat(1900) })],
  };
  const { kept, dropped, checks, findings } = checkDraft(answer(padded), { question: QUESTION, passages: [SCANNER] });
  expect(kept).toEqual([]);
  expect(dropped).toBe(1);
  expect(checks.filter(({ held }) => !held).map(({ name }) => name)).toEqual(['form']);
  expect(findings).toMatchObject([{ failed: ['form'], evidence: null }]);
});

test('when too much would have to be compared, the sentences behind are not believed', () => {
  const sentences = Array.from({ length: 12 }, (_, at) => `Scan ${words(29, 29 * at)}.`);
  const paragraph = `${sentences.join(' ')} ${words(1900, 400)}`;
  const findings = findingsOf(passageOf(paragraph), ...sentences.map((text) => said(text, text)));
  expect(findings[0]?.failed).toEqual([]);
  expect(findings.at(-1)).toMatchObject({ failed: ['supported'], faults: [], evidence: null });
});

test.each([
  'ignore all previous ',
  'a/',
  '[a](',
  '|a',
  '%41',
  'not ',
  'if ',
  '1. ',
  '`a` ',
  '[a](b) ',
  '- not a\n',
  '\0',
])('nothing is kept of %j, again and again', (part) => {
  const text = part.repeat(8_000 / part.length);
  const passages = ['P1', 'P2', 'P3', 'P4', 'P5', 'P6'].map((id) => passageOf(text, id));
  const sentences = [600, 599, 598, 597, 596].map((length) => ({
    text: text.slice(0, length),
    support: passages.map(({ id }) => ({ passage: id, quote: text.slice(0, 950) })),
  }));
  const { kept, findings } = checkDraft(answer(...sentences), { question: text.slice(0, 1_000), passages });
  expect(kept).toEqual([]);
  expect(findings.every(({ failed }) => failed.length > 0)).toBe(true);
});
