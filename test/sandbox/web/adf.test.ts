interface Contrast {
  readonly contrast: (one: string, other: string) => number;
  readonly readableOn: (ground: string, color: string) => string;
  readonly isDark: (color: string) => boolean;
}
interface Shallow {
  readonly shallow: (node: unknown) => unknown;
}

// the browser's files have no types; the paths are values, so that the compiler does not look for any
const files: readonly string[] = ['contrast', 'shallow'].map((name) => `../../../sandbox/web/adf/${name}.js`);
const { contrast, readableOn, isDark } = (await import(files[0] ?? '')) as Contrast;
const { shallow } = (await import(files[1] ?? '')) as Shallow;

test.each([
  ['#ffffff', '#000000', 21],
  ['#777777', '#ffffff', 4.48],
  ['#0c66e4', '#0c66e4', 1],
])('contrast of %s and %s', (one, other, ratio) => {
  expect(contrast(one, other)).toBeCloseTo(ratio, 2);
  expect(contrast(other, one)).toBeCloseTo(ratio, 2);
});

test.each(['#ffffff', '#000000', '#e4e9f0', '#3a424c', '#403294', '#777777', '#ff0000'])(
  'every colour can be read on %s',
  (ground) => {
    for (const color of ['#ffffff', '#000000', '#ffc400', '#36b37e', '#172b4d', '#808080', ground]) {
      expect(contrast(ground, readableOn(ground, color))).toBeGreaterThanOrEqual(4.5);
    }
  },
);

test('a colour that can be read stays as it is', () => {
  expect(readableOn('#ffffff', '#0747a6')).toBe('#0747a6');
  expect([isDark('#253858'), isDark('#fedec8')]).toEqual([true, false]);
});

test('a document deeper than can be drawn keeps its words', () => {
  let node: object = { type: 'text', text: 'at the bottom' };
  for (let level = 0; level < 50_000; level += 1) node = { type: 'blockquote', content: [node] };
  const drawn = JSON.stringify(shallow({ type: 'doc', content: [node] }));
  expect(drawn).toContain('at the bottom');
  expect(drawn.split('blockquote').length).toBeLessThan(100);
});

test('what is no node becomes text or nothing', () => {
  expect(shallow({ type: 'doc', content: [null, 'words', 3, { type: 'rule' }] })).toEqual({
    type: 'doc',
    content: [
      { type: 'text', text: '' },
      { type: 'text', text: 'words' },
      { type: 'text', text: '' },
      { type: 'rule' },
    ],
  });
});
