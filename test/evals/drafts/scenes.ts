import type { ShownPassage } from '#domain/draft/draft.ts';
import type { Split } from './case.ts';
import type { DocumentPart, SourceDocument } from './documents.ts';
import { plain, stems } from './plain.ts';
import { chanceFrom, placeOf } from './random.ts';
import { type Statement, statementsOf } from './statements.ts';

/** A question, the passages a search would show for it, and what the right one says. */
export interface Scene {
  readonly id: string;
  readonly split: Split;
  readonly source: string;
  readonly document: string;
  readonly question: string;
  readonly passages: readonly ShownPassage[];
  /** The one that answers. */
  readonly right: ShownPassage;
  readonly statements: readonly Statement[];
  /** Statements of the others, by the passage's id, and whether that is of another document. */
  readonly others: readonly { readonly passage: ShownPassage; readonly isForeign: boolean }[];
}

interface Place {
  readonly document: SourceDocument;
  readonly part: DocumentPart;
  readonly stems: ReadonlySet<string>;
  /** Questions of which this part, of all of its document, is the one meant. */
  readonly questions: readonly string[];
}

/** Documents fall to a side by their name, whole: 2 of 5 to tune. */
export function splitOf(documentId: string): Split {
  return placeOf(`split:${documentId}`) < 0.4 ? 'tune' : 'report';
}

/** A scene for each part of each document; what stands beside it is of the same split. */
export function scenesOf(documents: readonly SourceDocument[]): readonly Scene[] {
  return [...Map.groupBy(documents, ({ id }) => splitOf(id))].flatMap(([split, members]) => {
    const places = members.flatMap(placesOf);
    const weights = weightsOf(places);
    return places.flatMap((place, index) => {
      const statements = statementsOf(place.part.text).filter((one) => isSayable(one, place.document.source));
      if (statements.length === 0 || place.part.text.length > 2500) return [];
      return questionsFor(place).map((question, number) => {
        const id = `${place.document.id}#${index}.${number}`;
        return { id, split, ...around(place, question, { places, weights, id }), statements };
      });
    });
  });
}

/** Public threads hold much that nobody would repeat as an answer. */
function isSayable({ markdown }: Statement, source: string): boolean {
  if (source === 'emanual_tv' && /(?:\b[A-Z]\w*,? ){4}|^[A-Z]\w+ is o[nf]/.test(markdown)) return false;
  return (
    source !== 'stackfaq' ||
    !/\b(?:I|I'm|I've|my|me|answers?|question|thread|post|Edit|Update)\b|:\)|: [a-z]|[?()]/.test(markdown)
  );
}

function placesOf(document: SourceDocument): readonly Place[] {
  const parts = document.parts.map((part) => ({
    part,
    heading: new Set(stems(part.headings.join(' '))),
    text: new Set(stems(part.text)),
  }));
  const shared = ({ heading, text }: (typeof parts)[number], asked: ReadonlySet<string>) =>
    [...asked].reduce((sum, stem) => sum + (heading.has(stem) ? 3 : 0) + (text.has(stem) ? 1 : 0), 0);
  const meant = document.questions.map((question) => {
    const asked = new Set(stems(question));
    const [best, second] = parts
      .map((part) => ({ part: part.part, score: shared(part, asked) }))
      .toSorted((a, b) => b.score - a.score);
    const isClear = best !== undefined && best.score - (second?.score ?? 0) >= 2 && best.score >= (second ? 5 : 2);
    return { question, part: isClear ? best.part : null };
  });
  return parts.map(({ part, heading, text }) => ({
    document,
    part,
    stems: new Set([...stems(document.title), ...heading, ...text]),
    questions: meant.filter((one) => one.part === part).map(({ question }) => question),
  }));
}

function weightsOf(places: readonly Place[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const place of places) for (const stem of place.stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return new Map([...counts].map(([stem, count]) => [stem, Math.log(1 + places.length / count)]));
}

interface Surroundings {
  readonly places: readonly Place[];
  readonly weights: ReadonlyMap<string, number>;
  readonly id: string;
}

/** The right passage among 2 to 5 others that share the most with the question; at most one of its own document. */
function around(place: Place, question: string, { places, weights, id }: Surroundings) {
  const chance = chanceFrom(`scene:${id}`);
  const asked = stems(`${question} ${place.document.title}`);
  const score = (other: Place) =>
    asked.reduce((sum, stem) => sum + (other.stems.has(stem) ? (weights.get(stem) ?? 0) : 0), 0) /
    Math.sqrt(20 + other.stems.size);
  const ranked = places
    .filter((other) => other !== place && other.part.text.length < 4000)
    .map((other) => ({ other, score: score(other) }))
    .toSorted((a, b) => b.score - a.score)
    .map(({ other }) => other);
  const foreign = ranked.filter(({ document }) => document.id !== place.document.id);
  const sibling =
    chance.share() < 0.4 ? ranked.filter(({ document }) => document.id === place.document.id).slice(0, 1) : [];
  const beside = [...sibling, ...foreign.slice(0, 2 + chance.below(4) - sibling.length)];
  const at = chance.below(Math.min(3, beside.length + 1));
  const shown = beside.toSpliced(at, 0, place).map((each, index) => ({ each, passage: shownAs(each, index + 1) }));
  const right = shown.find(({ each }) => each === place)?.passage;
  if (right === undefined) throw new Error(`${id}: the right passage is not shown`);
  return {
    source: place.document.source,
    document: place.document.id,
    question,
    passages: shown.map(({ passage }) => passage),
    right,
    others: shown
      .filter(({ passage }) => passage !== right)
      .map(({ each, passage }) => ({ passage, isForeign: each.document.id !== place.document.id })),
  };
}

function shownAs({ document, part }: Place, number: number): ShownPassage {
  return { id: `P${number}`, title: document.title, headings: part.headings, text: part.text };
}

/** What somebody asks whom this part answers: by its heading, and as people asked about the document. */
function questionsFor(place: Place): readonly string[] {
  const hasHeading = place.document.source === 'company' && place.part.headings.length > 0;
  return [...(hasHeading ? [questionFrom(place)] : []), ...place.questions.slice(0, 2)];
}

const DOING =
  /^(?:Install|Connect|Set|Get|Ask|Reset|Change|Add|Book|Clear|Open|Order|Send|Move|Switch|Share|Release|Report|Start|Find|Make|Check|Export|Receive|Stop|Collect|Scan|Join|Show|Record|Extend|Turn)\b/;

function questionFrom({ document, part }: Place): string {
  const heading = plain(part.headings.at(-1) ?? '').replace(/^\d+\. /, '');
  const title = plain(document.title).replace(/\s*\([^)]*\)/, '');
  if (heading.endsWith('?')) return `${heading} (${title})`;
  if (DOING.test(heading)) return `${title}: how do I ${heading.charAt(0).toLowerCase()}${heading.slice(1)}?`;
  return `${title}: ${heading.charAt(0).toLowerCase()}${heading.slice(1)}`;
}
