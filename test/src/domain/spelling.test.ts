import { edits, likelyCorrections, mayBeMisspelt } from '#domain/spelling.ts';

describe('the number of edits between two words', () => {
  test.each([
    ['password', 'password', 0],
    ['pasword', 'password', 1],
    ['passwword', 'password', 1],
    ['passwird', 'password', 1],
    ['passwrod', 'password', 1],
    ['wfii', 'wifi', 1],
    ['paylorl', 'payroll', 2],
    ['printer', 'pointed', 2],
    ['', 'vpn', 3],
    ['überweisung', 'uberweisung', 1],
  ])('from %j to %j is %i', (from, to, expected) => {
    expect(edits(from, to, 3)).toBe(expected);
    expect(edits(to, from, 3)).toBe(expected);
  });

  test('stops counting above the most that is asked for', () => {
    expect(edits('printer', 'monitor', 2)).toBe(3);
    expect(edits('vpn', 'authenticator', 2)).toBe(3);
  });
});

describe('what a misspelt word stands for', () => {
  const candidate = (word: string, chunks = 10) => ({ word, chunks });
  const likely = (word: string, ...candidates: readonly { word: string; chunks: number }[]) =>
    likelyCorrections(word, candidates).map((one) => one.word);

  test('fewer edits win over a commoner word', () => {
    expect(likely('droping', candidate('dropdown'), candidate('dripping', 400), candidate('dropping', 2))).toEqual([
      'dropping',
      'dripping',
    ]);
  });

  test('among words as near, the one that more chunks hold wins', () => {
    expect(likely('prunter', candidate('pruner', 3), candidate('printer', 300))).toEqual(['printer', 'pruner']);
  });

  test('the same first letter counts for something', () => {
    expect(likely('nail', candidate('mail', 4), candidate('nails', 4))).toEqual(['nails', 'mail']);
  });

  test('a short word is at most one edit away', () => {
    expect(likely('wfii', candidate('wifi'), candidate('will'))).toEqual(['wifi']);
  });

  test('of three letters only two are swapped or one is missing', () => {
    expect(likely('vnp', candidate('vpn'), candidate('vnc'))).toEqual(['vpn']);
    expect(likely('cde', candidate('code'), candidate('cd'))).toEqual(['code']);
  });

  test('nothing near enough, nothing offered', () => {
    expect(likely('quokka', candidate('quarter'), candidate('printer'))).toEqual([]);
  });

  test('the word itself is no correction', () => {
    expect(likely('printer', candidate('printer'))).toEqual([]);
  });
});

test.each([
  ['droping', true],
  ['vnp', true],
  ['pv', false],
  ['0x80070005', false],
  ['it4211', false],
  ['srv03', false],
])('%j may be misspelt: %j', (word, expected) => {
  expect(mayBeMisspelt(word)).toBe(expected);
});
