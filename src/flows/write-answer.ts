import type { DraftConfidence, ModelTrace, StepDown } from '#domain/decision.ts';
import { citationsOf } from '#domain/decide.ts';
import type { Proposal } from '#domain/proposal.ts';
import { checkDraft, draftSignals } from '#domain/draft/check.ts';
import { createDisguise } from '#domain/draft/disguise.ts';
import type { CheckedDraft, Draft, DraftSentence, ShownPassage } from '#domain/draft/draft.ts';
import { draftConfidence, type DraftWeights } from '#domain/draft/draft-confidence.ts';
import { withoutOrders } from '#domain/draft/orders.ts';
import { linksOf, withoutMarks } from '#domain/draft/plain-text.ts';
import { checkQuestionBack } from '#domain/draft/questions-back.ts';
import { readDraft, readSecondLook } from '#domain/draft/read-draft.ts';
import type { Passage } from '#domain/knowledge.ts';
import { answerData, checkData, type EarlierWords } from '#domain/prompt.ts';
import type { WorkStage } from '#domain/reply.ts';
import type { ModelSession } from './model-session.ts';

export interface WriteDeps {
  readonly session: ModelSession;
  readonly weights: DraftWeights;
  /** Told how far it is. */
  readonly onStage: (stage: WorkStage) => void;
}

export interface ToWrite {
  /** As it was searched. */
  readonly question: string;
  readonly earlier: readonly EarlierWords[];
  /** Best first: those that all who read along may read. */
  readonly passages: readonly Passage[];
  /** How sure the search is, 0 to 1. */
  readonly retrieval: number;
  /** Display names of who takes part, which a model need not know. */
  readonly names: readonly string[];
}

/** What came of asking a model, and the traces it left. */
export interface Writing {
  /** Null: nothing of it can be said. */
  readonly proposal: Proposal | null;
  readonly result: Pick<ModelTrace, 'outcome' | 'checks' | 'dropped' | 'confidence'> & {
    readonly why: StepDown | null;
  };
}

/** Shown to a model: more are not better read, and cost. */
export const MOST_PASSAGES = 6;

/** Has an answer written from the passages, and believes nothing of it that does not hold. */
export async function writeAnswer(asked: ToWrite, deps: WriteDeps): Promise<Writing> {
  const { session } = deps;
  const passages = asked.passages.slice(0, MOST_PASSAGES);
  const scene = disguised({ ...asked, passages });
  deps.onStage('reading');
  const json = await session.ask('answer', { data: answerData(scene) });
  if (json === null) return steppedDown(session.why() ?? 'failed');
  const draft = readDraft(json);
  if (draft === null) return steppedDown('malformed');
  if (draft.outcome !== 'answer') return withoutAnswer(draft, scene);
  deps.onStage('checking');
  return checked(unmarked(draft), { asked: { ...asked, passages }, scene, deps });
}

/** What a model is shown of it all, with nobody's personal data and nobody's orders in it. */
interface Scene {
  readonly question: string;
  readonly earlier: readonly EarlierWords[];
  readonly passages: readonly ShownPassage[];
  readonly restore: (text: string) => string | null;
}

function disguised({ question, earlier, passages, names }: ToWrite): Scene {
  const disguise = createDisguise(names);
  const shown = (text: string) => withoutOrders(disguise.hide(text, 'asked')).text;
  const fromDocuments = (text: string) => withoutOrders(disguise.hide(text, 'document')).text;
  return {
    passages: passages.map(({ title, headings, text }, index) => ({
      id: `P${index + 1}`,
      title: fromDocuments(title),
      headings: headings.map(fromDocuments),
      text: fromDocuments(text),
    })),
    question: shown(question),
    earlier: earlier.map(({ by, text }) => ({ by, text: shown(text) })),
    restore: disguise.restore,
  };
}

function withoutAnswer(draft: Draft, scene: Scene): Writing {
  const nothing = { checks: [], dropped: 0, confidence: null, why: null };
  switch (draft.outcome) {
    case 'ask-back': {
      const checkedQuestion = checkQuestionBack(draft.question, scene);
      const question = checkedQuestion === null ? null : scene.restore(checkedQuestion);
      if (question === null) return steppedDown('checks');
      return { proposal: { kind: 'ask-back', question }, result: { ...nothing, outcome: 'ask-back' } };
    }
    case 'needs-person':
      return { proposal: { kind: 'needs-person' }, result: { ...nothing, outcome: 'needs-person' } };
    case 'not-answerable':
    case 'answer':
      return { proposal: { kind: 'not-answerable' }, result: { ...nothing, outcome: 'not-answerable' } };
  }
}

async function checked(
  draft: Draft,
  { asked, scene, deps }: { asked: ToWrite; scene: Scene; deps: WriteDeps },
): Promise<Writing> {
  const first = checkDraft(draft, scene);
  if (first.kept.length === 0) return steppedDown('checks', first);
  const looked = await secondLook(first, scene, deps.session);
  if (looked === null) return steppedDown(deps.session.why() ?? 'malformed', first);
  if (looked.kept.length === 0) return steppedDown('checks', looked);
  const sentences = looked.kept.flatMap((sentence) => restored(sentence, scene));
  // a sentence that cannot be said whole leaves a gap where a step was
  if (sentences.length < looked.kept.length) return steppedDown('checks', looked);

  const signals = { ...draftSignals(draft, looked, scene), retrieval: asked.retrieval };
  const confidence = draftConfidence(signals, deps.weights);
  return {
    proposal: { ...writtenOf(sentences, asked.passages), confidence: confidence.value },
    result: { outcome: 'written', checks: looked.checks, dropped: looked.dropped, confidence, why: null },
  };
}

/** Whether what is left says what the passages say, and answers what was asked; null when nobody could tell. */
async function secondLook(first: CheckedDraft, scene: Scene, session: ModelSession): Promise<CheckedDraft | null> {
  const data = checkData({ question: scene.question, sentences: first.kept, passages: scene.passages });
  const json = await session.ask('check', { data });
  if (json === null) return null;
  const look = readSecondLook(json, first.kept.length);
  if (look === null) return null;
  const holds = look.addresses && look.supported.every(Boolean);
  return { ...first, kept: holds ? first.kept : [], checks: [...first.checks, { name: 'second-look', held: holds }] };
}

/**
 * Without marks of lists and of Markdown, which would be shown as they are: steps get their numbers where they are shown.
 * A link stays: it tells the checks with whom they deal.
 */
function unmarked(draft: Draft): Draft {
  const plain = (text: string) => {
    const item = text.replace(/^\s*(?:[-*+•]|\d{1,2}[.)])\s+/, '');
    return linksOf(item).length === 0 ? withoutMarks(item) : item;
  };
  return { ...draft, sentences: draft.sentences.map((sentence) => ({ ...sentence, text: plain(sentence.text) })) };
}

function restored(sentence: DraftSentence, { restore }: Scene): readonly DraftSentence[] {
  const text = restore(withoutMarks(sentence.text));
  return text === null ? [] : [{ ...sentence, text }];
}

/** Citations in the order in which the sentences need them, one for each document. */
function writtenOf(
  sentences: readonly DraftSentence[],
  passages: readonly Passage[],
): Omit<Extract<Proposal, { kind: 'written' }>, 'confidence'> {
  const idsOf = ({ support }: DraftSentence) => [...new Set(support.map(({ passage }) => passage))];
  const citedPassages = [...new Set(sentences.flatMap(idsOf))].flatMap((id) => {
    const passage = passages[Number(id.slice(1)) - 1];
    return passage === undefined ? [] : [{ id, passage }];
  });
  const citations = citationsOf(citedPassages.map(({ passage }) => passage));
  const place = new Map(citedPassages.map(({ id }, index) => [id, index]));
  return {
    kind: 'written',
    written: {
      sentences: sentences.map((sentence) => ({
        text: sentence.text,
        cites: idsOf(sentence).flatMap((id) => place.get(id) ?? []),
      })),
    },
    citations,
    quote: [...new Set(sentences.flatMap(({ support }) => support.map(({ quote }) => quote)))].join('\n'),
  };
}

function steppedDown(why: StepDown, checked?: CheckedDraft): Writing {
  const confidence: DraftConfidence | null = null;
  const { checks = [], dropped = 0 } = checked ?? {};
  return { proposal: null, result: { outcome: 'stepped-down', checks, dropped, confidence, why } };
}
