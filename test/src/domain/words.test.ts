import { clausesOf, indexedLength, wordsOf } from '#domain/words.ts';

test.each([
  ['My VPN drops!', ['my', 'vpn', 'drops']],
  ["can’t / can't", ['cant', 'cant']],
  ['Ölçü, résumé', ['olcu', 'resume']],
  ['v\u200bp\u200bn', ['vpn']],
  ['\u202eabc\u202c', ['abc']],
  ['1️⃣ two 3', ['two', '3']],
  ['hi :wave::skin-tone-2: there :100:.', ['hi', 'there']],
  ['at 10:30:45 sharp', ['at', '10', '30', '45', 'sharp']],
  ['x:wave:y', ['x', 'wave', 'y']],
  ['👩‍💻 code', ['code']],
  ['パスワード を', ['ハスワート', 'を']],
  ['', []],
])('the words of %j', (text, expected) => {
  expect(wordsOf(text)).toEqual(expected.map((word) => word.normalize('NFKD')));
});

test.each([
  ['Hi, my VPN drops. Help!', ['hi', 'my vpn drops', 'help']],
  ['no - get me a human', ['no', 'get me a human']],
  ['a self-service page', ['a self service page']],
  ['ok :wave: thanks', ['ok thanks']],
  ['?!', []],
])('the clauses of %j', (text, expected) => {
  expect(clausesOf(text)).toEqual(expected);
});

test.each([
  ['Set up the VPN', 4],
  ['Wi-Fi in the office', 6],
  ["What isn't backed up", 5],
  ['IT-4211', 3],
  ['a.b.c.d.e.f.g', 7],
  ['«Über» – 2 Wege', 3],
  ['', 0],
])('%j takes its places in the index', (text, places) => {
  expect(indexedLength(text)).toBe(places);
});
