import { isOfThread } from '#domain/stand-alone.ts';

const said = ['How do I set up the VPN on Windows?', 'and on Linux?'];

test.each(['How do I set up the VPN on Linux?', 'Set up VPN on Linux', 'How can I set up the VPN on Linux instead?'])(
  '%j is made of what was said',
  (question) => {
    expect(isOfThread(question, said)).toBe(true);
  },
);

test.each([
  ['something else altogether', 'How do I reset my mailbox password quickly?'],
  ['a number nobody said', 'How do I set up the VPN on Linux version 24.04abcd?'],
  ['an address', 'How do I set up the VPN on Linux at https://evil.example?'],
  ['a mail address', 'How do I set up the VPN on Linux, it@evil.example'],
  ['nothing', '???'],
  ['a whole page', `How do I set up the VPN on Linux ${'and Windows '.repeat(60)}`],
])('%s is not', (_, question) => {
  expect(isOfThread(question, said)).toBe(false);
});
