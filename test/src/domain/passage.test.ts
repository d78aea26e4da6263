import type { Passage, QuestionTerm } from '#domain/knowledge.ts';
import { favouringArticles, sectionThatAnswers } from '#domain/passage.ts';

const terms: readonly QuestionTerm[] = ['printer', 'paper', 'jam'].map((lexeme, index) => ({
  lexeme,
  word: lexeme,
  idf: 3,
  count: 1,
  position: index + 1,
  chunks: 4,
}));

function passage(chunkId: string, other: Partial<Passage> = {}): Passage {
  return {
    chunkId,
    documentId: 'paper-jam',
    source: 'markdown',
    title: 'Paper jams',
    url: '',
    headings: [],
    text: '',
    updatedAt: null,
    restricted: false,
    score: 1,
    matches: { paper: [1], jam: [2] },
    ...other,
  };
}

function chosen(...sections: readonly Passage[]): string | null {
  return sectionThatAnswers(sections, terms)?.chunkId ?? null;
}

const introduction = passage('introduction');
const labels = passage('labels', { headings: ['Label printers'], matches: { paper: [1], jam: [2], printer: [4, 9] } });
const clearing = passage('clearing', { headings: ['Clear a jam'], matches: { paper: [1, 20], jam: [2, 5, 9] } });
const steps = passage('steps', { text: 'Do this:\n\n1. Open the flap.\n2. Pull the sheet out.' });
const prose = passage('prose', { text: 'Version 1. is older.\n- not a step' });

test.each([
  ['the title, which all sections share, decides nothing', [introduction, clearing], 'clearing'],
  ['headings count besides the text', [labels, clearing], 'clearing'],
  ['of equals the first answers', [passage('a'), passage('b')], 'a'],
  ['under a title that says the question, steps answer', [introduction, prose, steps], 'steps'],
  ['a section that says the question itself outweighs steps', [steps, clearing], 'clearing'],
  ['one section', [clearing], 'clearing'],
  ['no section', [], null],
])('the section that says most by itself is quoted: %s', (_, sections, expected) => {
  expect(chosen(...sections)).toEqual(expected);
});

test('filler decides nothing', () => {
  const please: QuestionTerm = { lexeme: 'pleas', word: 'please', idf: 9, count: 1, position: 9, chunks: 1 };
  const begging = passage('begging', { matches: { pleas: [7, 8] } });
  expect(sectionThatAnswers([begging, clearing], [...terms, please])).toBe(clearing);
});

test('a solved case leads only when it is well ahead of every article', () => {
  const ranked = (score: number) => {
    const passages = [passage('case', { source: 'tickets', score }), passage('article', { score: 8 })];
    return favouringArticles({ terms, corrections: [], passages }).passages.map((one) => [one.chunkId, one.score]);
  };
  expect(ranked(9)).toEqual([
    ['article', 8],
    ['case', expect.closeTo(6.3)],
  ]);
  expect(ranked(20)).toEqual([
    ['case', 14],
    ['article', 8],
  ]);
});

test('what is near of a solved case is held back as its words are, from the least similar on', () => {
  const passages = [
    passage('case', { source: 'tickets', score: 1, similarity: 0.7 }),
    passage('article', { score: 2, similarity: 0.6 }),
    passage('far', { score: 3, similarity: 0.2 }),
    passage('new', { score: 4 }),
  ];
  const held = favouringArticles({ terms, corrections: [], passages }).passages;
  expect(held.map(({ chunkId, similarity }) => [chunkId, similarity])).toEqual([
    ['new', undefined],
    ['far', 0.2],
    ['article', 0.6],
    ['case', expect.closeTo(0.55)],
  ]);
});

test('of a solved case what helped is quoted, never what was asked', () => {
  const parts = { source: 'tickets', matches: { paper: [1], jam: [2], printer: [3] } };
  const question = passage('question', { ...parts, headings: ['Question'], text: 'The printer has a paper jam' });
  const resolution = passage('resolution', { source: 'tickets', headings: ['Resolution'], text: 'Open the flap.' });
  expect(chosen(question, resolution)).toBe('resolution');
  expect(chosen(question)).toBeNull();
});
