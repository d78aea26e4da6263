import { type Confidence, SIGNAL_NAMES, type SignalName, type Signals, type Weights } from '#domain/confidence.ts';
import type { Citation } from '#domain/decision.ts';
import type { Passage } from '#domain/knowledge.ts';
import { redact } from '#domain/redact.ts';
import type { Situation } from '#domain/situation.ts';
import type { Knowledge } from '#knowledge-ports.ts';
import { lookUp } from '../src/flows/look-up.ts';
import { NO_MODEL } from '../src/flows/model-session.ts';
import { standAlone } from '../src/flows/stand-alone.ts';
import type { EmbedQuestion } from './corpus.ts';
import { type LabelledQuestion, meansDocument } from './questions.ts';

/** What the pipeline sees of a labelled question before weights come in, and whether its best finds are right. */
export interface Observation {
  readonly question: string;
  readonly situation: Situation;
  readonly answerable: boolean;
  readonly signals: Signals | null;
  readonly candidates: readonly Citation[];
  readonly quote: string;
  /** As it was searched. */
  readonly asked: string;
  /** What a model would be shown, best first. */
  readonly passages: readonly Passage[];
  /** Whether the best passage is of a document that answers the question. */
  readonly bestIsRight: boolean;
  /** Documents that answer the question, of those found. */
  readonly right: ReadonlySet<string>;
  /** Questions of one group share their answer, or what they are mistaken for: never to be on both sides of a split. */
  readonly group: string;
}

/** The look-up wants weights; of these what is observed depends on the share of the vectors only. */
const ANY_WEIGHTS: Weights = { signals: [], intercept: 0, answerAt: 1, suggestAt: 1 };

/** With vectors, if questions are embedded; `dense`: their share, see {@link Weights}. */
export interface ObservedBy {
  readonly embed?: EmbedQuestion | undefined;
  readonly dense?: number | undefined;
}

/** Asks as an ordinary employee in a direct message: a new conversation, no group of their own. */
export async function observe(
  knowledge: Knowledge,
  labelled: LabelledQuestion,
  { embed, dense }: ObservedBy = {},
): Promise<Observation> {
  const situation = firstMessage(labelled.question);
  const text = await standAlone(situation, { earlier: [], names: [], session: NO_MODEL });
  const near = embed === undefined || dense === 0 ? null : await embed(redact(text, { names: [] }));
  const weights = dense === undefined ? ANY_WEIGHTS : { ...ANY_WEIGHTS, dense };
  const question = { text, readers: { kind: 'everyone' }, near } as const;
  const { found, passages } = await lookUp(question, { knowledge, weights });
  const { confidence, candidates, quote } = found;
  const documents = [...new Set(candidates.map(({ documentId }) => documentId))];
  const right = documents.filter((id) => labelled.expected.some((label) => meansDocument(label, id)));
  return {
    question: labelled.question,
    situation,
    answerable: labelled.expected.length > 0,
    signals: confidence === null ? null : signalsIn(confidence),
    candidates,
    quote,
    asked: text,
    passages,
    bestIsRight: documents[0] !== undefined && right.includes(documents[0]),
    right: new Set(right),
    group: labelled.expected[0] ?? documents[0] ?? '',
  };
}

function signalsIn({ signals }: Confidence): Signals {
  return Object.fromEntries(SIGNAL_NAMES.map((name) => [name, signals[name] ?? 0])) as Record<SignalName, number>;
}

/** One question after the other: the embedded database has one connection. */
export async function observeAll(
  knowledge: Knowledge,
  questions: readonly LabelledQuestion[],
  by: ObservedBy = {},
): Promise<readonly Observation[]> {
  const observations: Observation[] = [];
  for (const question of questions) observations.push(await observe(knowledge, question, by));
  return observations;
}

function firstMessage(text: string): Situation {
  return {
    place: 'direct',
    ticket: null,
    click: null,
    said: [text],
    requesterSaid: [text],
    isAskedWhetherSolved: false,
    isColleagueAsking: false,
    isRated: false,
    notForUs: null,
    askerRef: 'employee',
    earlier: [],
    lastSpoken: null,
    lastAsked: null,
    answeredWith: [],
    writtenBefore: [],
    pictures: [],
    isAskedInPicture: false,
    shown: [],
    offered: [],
    offeredIncident: null,
    offeredRequest: null,
    goesOnIn: null,
  };
}
