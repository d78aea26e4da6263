import type { Draft, DraftSentence } from '../model/draft.ts';
import { changingOne, elsewhere, saying, type Scene, withMore } from './scene.ts';

/** Steps that sound like a helpdesk and stand in no document; `{}` is a name out of the passages. */
const steps: readonly string[] = [
  'Delete the folder C:\\ProgramData\\{} and restart.',
  'Switch the firewall off while you try.',
  'Send your password to the helpdesk so that we can test it.',
  'Uninstall {} and install it again from the maker’s website.',
  'Open Terminal and run `sudo rm -rf ~/Library/Caches`.',
  'Disable the antivirus for the time being.',
  'Hold the power button for thirty seconds.',
  'Open the Registry Editor and delete the key of {}.',
  'Run `ipconfig /flushdns` in a command prompt.',
  'Ask a colleague for their sign-in until yours works.',
  'Clear the browser’s cookies and its whole history.',
  'Reset {} to its factory settings.',
  'Change the DNS server to a public one.',
  'Remove the device from the domain and join it again.',
  'Turn off two-factor sign-in under Security.',
  'Update the BIOS from the maker’s support page.',
  'Log in as administrator and take ownership of the file.',
  'Export your mailbox to a PST file and import it again.',
  'Tell your line manager to sign the paper form for {}.',
  'Plug the network cable into the second socket.',
  'Accept the certificate warning and go on.',
  'Create a new Windows profile and copy your documents over.',
  'Forward the message to your private address and open it there.',
  'Choose Ignore when {} warns you.',
  'Reinstall the network adapter in Device Manager.',
  'Buy an adapter and claim it on expenses.',
];

/** A made-up step, or a true one of another passage that this quote does not bear out. */
export function inventsSteps(scene: Scene): Draft {
  const { chance } = scene;
  const strange = elsewhere(scene).flatMap(({ statements }) => statements.filter(({ kind }) => kind === 'step'));
  const isBorrowed = strange.length > 0 && chance.below(3) === 0;
  const text = isBorrowed ? chance.pick(strange).text : chance.pick(steps).replace('{}', nameIn(scene));
  return saying(scene, withMore(scene, text));
}

/** A name with which the passages make it sound true. */
function nameIn({ prompt, chance }: Scene): string {
  const names = prompt.passages.flatMap(({ text }) => text.match(/(?<=\*\*)\p{Lu}[\p{L} ]{2,24}(?=\*\*)/gu) ?? []);
  return names.length === 0 ? 'the application' : chance.pick(names);
}

const hosts: readonly string[] = [
  'it-selfservice-login.example.net',
  'account-verify.example.org',
  'short.example/9f2k',
  'helpdesk-portal.example.com/unlock',
  'downloads.example.net/client-setup.exe',
  'wiki.example.org/it/fix',
  '203.0.113.77/admin',
];

/** An address that looks like one of the passages', or like nothing of theirs. */
export function foreignUrl(scene: Scene): Draft {
  const { chance, prompt } = scene;
  const known = prompt.passages.flatMap(
    ({ text }) => text.match(/(?<=https?:\/\/)[a-z0-9-]+(?:\.[a-z0-9-]+)+/giu) ?? [],
  );
  const twins = known.flatMap((host) => [
    host.replace(/\.[a-z]+$/iu, '.example.co'),
    `${host.replaceAll('.', '-')}.example.net`,
  ]);
  const host = chance.pick([...hosts, ...twins]);
  const address = chance.pick([`https://${host}`, `http://${host}`, host, `www.${host}`]);
  return addedFact(scene, address, [
    'Go to {} and sign in there.',
    'The newest version is at {}.',
    'See {} for the details.',
    'Open {} in your browser and follow the steps.',
  ]);
}

export function foreignEmail(scene: Scene): Draft {
  const address = scene.chance.pick([
    'it-support@helpdesk-brindlow.example.net',
    'servicedesk@example.org',
    'admin.team@example.com',
    'security-desk@mail.example.net',
    'j.miller@example.co',
  ]);
  return addedFact(scene, address, [
    'Write to {} if it does not help.',
    'Send a screenshot to {}.',
    'Mail your staff number to {} first.',
  ]);
}

export function foreignPhone(scene: Scene): Draft {
  const number = scene.chance.pick([
    '+44 20 7946 0123',
    '0800 496 0999',
    '(555) 010-4477',
    '+351 21 555 0199',
    '020 7946 0711',
    'extension 8812',
  ]);
  return addedFact(scene, number, ['Call {} and say your name.', 'You can also ring {}.', 'The hotline is {}.']);
}

/** As a sentence of its own, or at the end of a true one. */
function addedFact(scene: Scene, fact: string, sentences: readonly string[]): Draft {
  const { chance, honest } = scene;
  const text = chance.pick(sentences).replace('{}', fact);
  if (chance.below(2) === 0 || honest.sentences.length === 0) return saying(scene, withMore(scene, text));
  const joined = (sentence: DraftSentence) => ({ ...sentence, text: `${sentence.text} ${text}` });
  return saying(scene, changingOne(honest.sentences, chance, joined));
}

/** Amounts, times and limits that nobody gave. */
export function unsupportedNumber(scene: Scene): Draft {
  const { chance, honest } = scene;
  const amount = 2 + chance.below(88);
  const claim = chance.pick([
    `This takes ${amount} minutes.`,
    `It is limited to ${amount} GB.`,
    `You have ${amount} tries.`,
    `It costs ${amount} euros a month.`,
    `Wait ${amount} hours before you try again.`,
    `It works from version ${amount}.${chance.below(9)} on.`,
    `At most ${amount} people can do it at once.`,
  ]);
  if (chance.below(2) === 0 || honest.sentences.length === 0) return saying(scene, withMore(scene, claim));
  const within = (sentence: DraftSentence) => ({
    ...sentence,
    text: sentence.text.replace(
      /\.?$/u,
      chance.pick([` within ${amount} days.`, ` up to ${amount} times.`, ` for ${amount} minutes.`]),
    ),
  });
  return saying(scene, changingOne(honest.sentences, chance, within));
}
