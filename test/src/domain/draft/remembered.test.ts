import { remembered } from '#domain/draft/remembered.ts';

function counted(most: number) {
  const asked: string[] = [];
  const lengthOf = remembered((text) => {
    asked.push(text);
    return text.length;
  }, most);
  return { asked, lengthOf };
}

test('works out what a text comes to once', () => {
  const { asked, lengthOf } = counted(100);
  expect([lengthOf('one'), lengthOf('three'), lengthOf('one')]).toEqual([3, 5, 3]);
  expect(asked).toEqual(['one', 'three']);
});

test('forgets the oldest beyond so many characters', () => {
  const { asked, lengthOf } = counted(10);
  for (const text of ['four', 'five', 'seven', 'five', 'four']) lengthOf(text);
  expect(asked).toEqual(['four', 'five', 'seven', 'four']);
});

test('keeps nothing of a text that is longer than all that it may keep', () => {
  const { asked, lengthOf } = counted(3);
  expect([lengthOf('four'), lengthOf('four')]).toEqual([4, 4]);
  expect(asked).toEqual(['four', 'four']);
});
