import type { DraftSentence, Support } from '#domain/draft/draft.ts';
import type { Recipe } from './case.ts';
import { lowered, plain, sentence, stems } from './plain.ts';
import type { Chance } from './random.ts';
import {
  aboutIt,
  asOne,
  asPassive,
  asTwo,
  inFuture,
  type Rewriting,
  shortened,
  withClausesSwapped,
  withContractions,
  withOpener,
  withSynonyms,
  withYou,
} from './rewrite.ts';
import type { Scene } from './scenes.ts';
import { isOrder, type Statement, standsAlone } from './statements.ts';

/** Makes a draft of a scene; null where the scene does not lend itself to it. */
export type Cook = (scene: Scene, chance: Chance) => Recipe | null;

export function supportOf(scene: Scene, ...quotes: readonly string[]): readonly Support[] {
  return quotes.map((quote) => ({ passage: scene.right.id, quote }));
}

/** A statement as the passage has it. */
export function faithful(scene: Scene, statement: Statement): DraftSentence {
  return { text: sentence(plain(statement.markdown)), support: supportOf(scene, statement.quote) };
}

/** Some that follow each other, beginning where an answer could begin: with a list, at its first step. */
export function windowOf(scene: Scene, chance: Chance, size = 1 + chance.below(4)): readonly Statement[] | null {
  const said = scene.statements.filter(({ role }) => role !== 'row');
  const starts = said.flatMap((one, at) => (standsAlone(one) && (one.step ?? 1) === 1 ? [at] : []));
  const [first] = starts;
  if (first === undefined) return null;
  const start = chance.share() < 0.5 ? first : chance.pick(starts);
  const found = said.slice(start, start + size);
  return isAnswer(scene, found) ? found : null;
}

/**
 * Whether these are about the question. Where it was made of the heading above them they are; of what people asked
 * about a document they may not be.
 */
export function isAnswer({ question, right, source }: Scene, chosen: readonly Statement[]): boolean {
  const heading = plain(right.headings.at(-1) ?? '').toLowerCase();
  if (source === 'company' && heading !== '' && question.toLowerCase().includes(heading)) return true;
  const asked = stems(question);
  const said = new Set(chosen.flatMap(({ markdown }) => stems(markdown)));
  return asked.filter((stem) => said.has(stem)).length >= 2;
}

/** All as it is, but those to which the rewriting applies. */
function rewriting(change: Rewriting): Cook {
  return (scene, chance) => {
    const fits = scene.statements.flatMap((one, at) =>
      one.role !== 'row' && change(one.markdown) !== null && standsAlone(one) ? [at] : [],
    );
    if (fits.length === 0) return null;
    const at = chance.pick(fits);
    const chosen = scene.statements.slice(at, at + 1 + chance.below(3)).filter(({ role }) => role !== 'row');
    const sentences = chosen.map((one) => {
      const said = change(one.markdown);
      return said === null ? faithful(scene, one) : { ...faithful(scene, one), text: sentence(plain(said)) };
    });
    return isAnswer(scene, chosen) ? { sentences, bad: [] } : null;
  };
}

/** Several rewritings, one after the other, as far as they apply. */
function chained(...changes: readonly Rewriting[]): Rewriting {
  return (markdown) => {
    const said = changes.reduce((text, change) => change(text) ?? text, markdown);
    return said === markdown ? null : said;
  };
}

const verbatim: Cook = (scene, chance) => {
  const chosen = windowOf(scene, chance);
  return chosen === null ? null : { sentences: chosen.map((one) => faithful(scene, one)), bad: [] };
};

/** Steps that answer, without those that only tell more. */
const someSteps: Cook = (scene, chance) => {
  const steps = scene.statements.filter((one) => (one.role === 'step' || one.role === 'item') && standsAlone(one));
  if (steps.length < 3) return null;
  const left = chance.below(steps.length);
  const chosen = steps.filter((_, at) => at !== left && at < 5);
  return { sentences: chosen.map((one) => faithful(scene, one)), bad: [] };
};

const twoInOne: Cook = (scene, chance) => {
  const pairs = scene.statements.flatMap((one, at) => {
    const next = scene.statements[at + 1];
    const said = next === undefined || !standsAlone(one) ? null : asOne(one.markdown, next.markdown);
    return next === undefined || said === null ? [] : [{ one, next, said }];
  });
  if (pairs.length === 0) return null;
  const { one, next, said } = chance.pick(pairs);
  return { sentences: [{ text: sentence(plain(said)), support: supportOf(scene, one.quote, next.quote) }], bad: [] };
};

const oneInTwo: Cook = (scene, chance) => {
  const found = scene.statements.flatMap((one) => {
    const parts = standsAlone(one) ? asTwo(one.markdown) : null;
    return parts === null ? [] : [{ one, parts }];
  });
  if (found.length === 0) return null;
  const { one, parts } = chance.pick(found);
  const support = supportOf(scene, one.quote);
  return { sentences: parts.map((text) => ({ text: sentence(plain(text)), support })), bad: [] };
};

/** As a model copies: marks left out, white space its own, curly quotation marks, no full stop. */
const noisyQuotes: Cook = (scene, chance) => {
  const recipe = verbatim(scene, chance);
  if (recipe === null) return null;
  const noises: readonly ((quote: string) => string)[] = [
    (quote) => plain(quote),
    (quote) => quote.replaceAll("'", '’').replaceAll(/"([^"]*)"/g, '“$1”'),
    (quote) => quote.replaceAll('**', '').replace(/\.$/, ''),
    (quote) => ` ${quote.replaceAll(' ', '  ')}\n`,
    (quote) => quote.replaceAll('`', ''),
    (quote) => quote.replaceAll(/[–—]/g, '-').replaceAll('…', '...'),
    (quote) => `"${quote}"`,
    (quote) => lowered(quote),
  ];
  const sentences = recipe.sentences.map(({ text, support }) => ({
    text,
    support: support.map(({ passage, quote }) => ({ passage, quote: chance.pick(noises)(quote) })),
  }));
  return { sentences, bad: [] };
};

/** The line of the list, or the paragraph, as a whole: more than the sentence needs. */
const wholeLine: Cook = (scene, chance) => {
  const recipe = verbatim(scene, chance);
  if (recipe === null) return null;
  const lines = scene.right.text.split('\n').map((line) => line.trim());
  const sentences = recipe.sentences.map((one) => ({
    ...one,
    support: one.support.map(({ passage, quote }) => ({
      passage,
      quote: lines.find((line) => line.includes(quote)) ?? quote,
    })),
  }));
  return { sentences, bad: [] };
};

/** Short quotes: the words that matter, twice. */
const severalSupports: Cook = (scene, chance) => {
  const chosen = windowOf(scene, chance, 2);
  const [first, second] = chosen ?? [];
  if (first === undefined || second === undefined || first.line !== second.line) return null;
  const text = `${sentence(plain(first.markdown))} ${sentence(plain(second.markdown))}`;
  return { sentences: [{ text, support: supportOf(scene, first.quote, second.quote) }], bad: [] };
};

const row: Cook = (scene, chance) => {
  const rows = scene.statements.filter(({ role, cells }) => role === 'row' && cells.every((cell) => cell.length > 3));
  if (rows.length === 0) return null;
  const { cells, quote } = chance.pick(rows);
  const [first = '', second = '', ...others] = cells;
  const forms = [
    sentence(plain(`${first}: ${[second, ...others].join('; ')}`)),
    `${sentence(plain(`${first} – ${lowered(second)}`))} ${others.map((cell) => sentence(plain(cell))).join(' ')}`.trim(),
  ];
  return { sentences: [{ text: chance.pick(forms), support: supportOf(scene, quote) }], bad: [] };
};

const command: Cook = (scene, chance) => {
  const commands = scene.statements.filter(({ role }) => role === 'command');
  if (commands.length === 0) return null;
  const { quote } = chance.pick(commands);
  const openers = ['Run', 'Enter', 'Type', 'Please run', 'Use the command'];
  const text = sentence(`${chance.pick(openers)} \`${quote}\``);
  return { sentences: [{ text, support: supportOf(scene, quote) }], bad: [] };
};

/** Says at the end where it stands. What it says of itself is no loss. */
const withClosing: Cook = (scene, chance) => {
  const recipe = verbatim(scene, chance);
  const last = recipe?.sentences.at(-1);
  if (recipe === null || last === undefined) return null;
  const closings = [
    `You will find this in "${scene.right.title}".`,
    `This is described in the article "${scene.right.title}".`,
    `More about it is in ${scene.right.title}.`,
  ];
  const sentences = [...recipe.sentences, { text: chance.pick(closings), support: last.support }];
  return { sentences, bad: [], spare: [sentences.length - 1] };
};

const misspelt: Cook = (scene, chance) => {
  const recipe = verbatim(scene, chance);
  if (recipe === null) return null;
  const words = scene.question.split(' ').map((word) => (chance.share() < 0.35 ? mistyped(word, chance) : word));
  return { ...recipe, question: words.join(' ').toLowerCase() };
};

function mistyped(word: string, chance: Chance): string {
  if (!/^\p{L}{5,}$/u.test(word)) return word;
  const at = 1 + chance.below(word.length - 3);
  const [a, b] = [word.charAt(at), word.charAt(at + 1)] as const;
  const mistakes = [b + a, a, a + a + b];
  return word.slice(0, at) + chance.pick(mistakes) + word.slice(at + 2);
}

/** Steps with the number the passage gives them. */
const numbered: Cook = (scene) => {
  const steps = scene.statements.filter(({ step }) => step !== null).slice(0, 5);
  if (steps.length < 2) return null;
  const sentences = steps.map((one) => ({
    text: `${one.step}. ${sentence(plain(one.markdown))}`,
    support: supportOf(scene, one.quote),
  }));
  return { sentences, bad: [] };
};

/** Names of buttons in quotation marks, as the passage shows them in bold. */
const namesQuoted: Rewriting = (markdown) => {
  const said = markdown.replaceAll(/\*\*([^*]+)\*\*/g, '"$1"').replaceAll(/(?<!\*)\*([^*\n]+)\*(?!\*)/g, "'$1'");
  return said === markdown ? null : said;
};

/** "Open **A**, **B**" as "Open A > B". */
const path: Rewriting = (markdown) => {
  const said = markdown.replaceAll(/\*\*, (?:then )?\*\*/g, '** > **');
  return said === markdown ? null : said;
};

const firstThen: Cook = (scene, chance) => {
  const chosen = (windowOf(scene, chance, 3) ?? []).filter((one) => isOrder(one.markdown) && standsAlone(one));
  if (chosen.length < 2) return null;
  const openers = ['First,', 'Then', 'Finally,'];
  const sentences = chosen.map((one, at) => ({
    text: `${openers[at]} ${lowered(sentence(plain(one.markdown)))}`,
    support: supportOf(scene, one.quote),
  }));
  return { sentences, bad: [] };
};

/** How good drafts are made, by kind. */
export const goodCooks: Readonly<Record<string, Cook>> = {
  verbatim,
  shortened: rewriting(shortened),
  'some-steps': someSteps,
  'two-in-one': twoInOne,
  'one-in-two': oneInTwo,
  synonyms: rewriting(withSynonyms),
  'you-form': rewriting(withYou),
  passive: rewriting(asPassive),
  contractions: rewriting(withContractions),
  future: rewriting(inFuture),
  'clauses-swapped': rewriting(withClausesSwapped),
  'about-it': rewriting(aboutIt),
  polite: rewriting(withOpener),
  freely: rewriting(chained(shortened, withSynonyms, withYou, withContractions)),
  'names-quoted': rewriting(namesQuoted),
  'menu-path': rewriting(path),
  'first-then': firstThen,
  numbered,
  'noisy-quotes': noisyQuotes,
  'whole-line-quoted': wholeLine,
  'several-supports': severalSupports,
  row,
  command,
  closing: withClosing,
  misspelt,
};
