/**
 * Forms of common words that the stemmer does not bring together: it cuts endings, so "forgot" and "forgotten" would
 * never meet. Left out are forms that are words of their own as well (left, found, bit, saw, stuck, shot).
 */
const english: Readonly<Record<string, string>> = {
  become: 'became',
  begin: 'began begun',
  blow: 'blew blown',
  break: 'broke broken',
  bring: 'brought',
  build: 'built',
  buy: 'bought',
  catch: 'caught',
  choose: 'chose chosen',
  come: 'came',
  draw: 'drew drawn',
  drive: 'drove driven',
  fall: 'fell fallen',
  fly: 'flew flown',
  forget: 'forgot forgotten',
  freeze: 'froze frozen',
  give: 'gave given',
  go: 'went gone',
  grow: 'grew grown',
  hide: 'hid hidden',
  hold: 'held',
  index: 'indices',
  keep: 'kept',
  know: 'knew known',
  learn: 'learnt',
  lose: 'lost',
  make: 'made',
  misspell: 'misspelt',
  mistake: 'mistook mistaken',
  mouse: 'mice',
  overwrite: 'overwrote overwritten',
  pay: 'paid',
  run: 'ran',
  send: 'sent',
  show: 'shown',
  sleep: 'slept',
  speak: 'spoke spoken',
  spill: 'spilt',
  steal: 'stole stolen',
  swell: 'swollen',
  take: 'took taken',
  tell: 'told',
  throw: 'threw thrown',
  understand: 'understood',
  undo: 'undid undone',
  wake: 'woke woken',
  wear: 'wore worn',
  withdraw: 'withdrew withdrawn',
  write: 'wrote written',
};

const bases: ReadonlyMap<string, string> = new Map(
  Object.entries(english).flatMap(([base, forms]) => forms.split(' ').map((form) => [form, base] as const)),
);

/** The word whose form this is, where the language's stemmer would not find out; else the word itself. */
export function baseForm(word: string, language: string): string {
  return language === 'english' ? (bases.get(word) ?? word) : word;
}
