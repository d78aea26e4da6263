/** A term of the question with its share in the score. `chunks`: how many hold it, at least one. */
export interface WeighedTerm {
  readonly lexeme: string;
  readonly chunks: number;
  readonly weight: number;
}

/** Which chunks to score. `anyTerm`: one term is enough, so a larger budget finds no more. */
export interface CandidateQuery {
  readonly tsquery: string;
  readonly anyTerm: boolean;
}

/** 2^8 combinations are weighed; the terms behind have little weight, and they still count in the score. */
const mostTerms = 8;
/** From the seventh on, terms are left out once the index has so many entries to walk: that takes most of the time. */
const termsInAnyCase = 6;
const mostEntries = 100_000;

/** A lexeme as a `tsquery` constant. User text never reaches `to_tsquery`: its operators would be obeyed. */
export function quoteLexeme(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** The heaviest terms, in that order. */
function worthAsking(terms: readonly WeighedTerm[]): readonly WeighedTerm[] {
  const chosen: WeighedTerm[] = [];
  let entries = 0;
  for (const term of [...terms].sort((a, b) => b.weight - a.weight).slice(0, mostTerms)) {
    entries += term.chunks;
    if (chosen.length >= termsInAnyCase && entries > mostEntries) break;
    chosen.push(term);
  }
  return chosen;
}

/** The query for chunks that hold any of the terms. */
export function anyOf(terms: readonly WeighedTerm[]): CandidateQuery {
  return { tsquery: terms.map((term) => quoteLexeme(term.lexeme)).join(' | '), anyTerm: true };
}

/**
 * The query for chunks whose terms hold at least a certain share of the question's weight: the smallest share with
 * about `budget` hits or fewer. A plain OR touches every chunk with a common word; AND finds nothing for a third of
 * real questions. The hits are an estimate: look whether enough came, and ask again with a larger budget if not.
 *
 * @param terms at least one
 * @param index chunks in all, and how many candidates are worth scoring
 */
export function candidatesFor(
  terms: readonly WeighedTerm[],
  index: { chunks: number; budget: number },
): CandidateQuery {
  const heaviest = worthAsking(terms);
  const sets = combinations(heaviest, index.chunks);
  const estimate = (least: number) => {
    let hits = 0;
    for (const set of sets) if (set.weight >= least && set.withoutLightest < least) hits += set.hits;
    return hits;
  };
  const anyTerm = (heaviest.at(-1)?.weight ?? 0) * 0.999;
  if (estimate(anyTerm) <= index.budget) return anyOf(heaviest);
  let low = 0;
  let high = total(heaviest);
  for (let step = 0; step < 18; step++) {
    const middle = (low + high) / 2;
    if (estimate(middle) <= index.budget) high = middle;
    else low = middle;
  }
  return { tsquery: atLeast(heaviest, high), anyTerm: false };
}

interface Combination {
  readonly weight: number;
  /** Below the threshold together with `weight` above it: the combination is minimal, and counted once. */
  readonly withoutLightest: number;
  readonly hits: number;
}

/** All non-empty sets of the terms, with the chunks expected to hold all of a set: words of one topic meet more often than chance. */
function combinations(terms: readonly WeighedTerm[], chunks: number): readonly Combination[] {
  const sets: Combination[] = [];
  const extend = (from: number, set: { weight: number; expected: number; rarest: number }) => {
    terms.slice(from).forEach((term, offset) => {
      const bigger = {
        weight: set.weight + term.weight,
        expected: (set.expected * meetMoreOften * term.chunks) / chunks,
        rarest: Math.min(set.rarest, term.chunks),
      };
      sets.push({
        weight: bigger.weight,
        withoutLightest: set.weight,
        hits: Math.min(bigger.expected / meetMoreOften, bigger.rarest),
      });
      extend(from + offset + 1, bigger);
    });
  };
  extend(0, { weight: 0, expected: chunks, rarest: chunks });
  return sets;
}

/** How much oftener than by chance another word of a question stands beside the first ones. */
const meetMoreOften = 4;

/** `terms`, heaviest first, as a nested query that holds where the weights of the terms present reach `least`. */
function atLeast(terms: readonly WeighedTerm[], least: number): string {
  const rest = terms.map((_, index) => total(terms.slice(index)));
  const build = (from: number, need: number): Need => {
    if (need <= 1e-9) return 'met';
    const term = terms[from];
    if (term === undefined || (rest[from] ?? 0) < need - 1e-9) return 'unreachable';
    return either(quoteLexeme(term.lexeme), {
      present: build(from + 1, need - term.weight),
      absent: build(from + 1, need),
    });
  };
  const query = build(0, least);
  return typeof query === 'string' ? '' : query.tsquery;
}

type Need = 'met' | 'unreachable' | { readonly tsquery: string };

/** `absent` implies `present` (the query is monotone), so it need not say "and not this word". */
function either(word: string, { present, absent }: { present: Need; absent: Need }): Need {
  if (present === 'unreachable') return absent;
  const here = present === 'met' ? word : `${word} & (${typeof present === 'string' ? '' : present.tsquery})`;
  if (typeof absent === 'string') return { tsquery: here };
  return { tsquery: `${here} | ${absent.tsquery}` };
}

function total(terms: readonly WeighedTerm[]): number {
  return terms.reduce((sum, term) => sum + term.weight, 0);
}
