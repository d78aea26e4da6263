import type { Conversation, Turn } from '#domain/conversation.ts';
import type { WorkStage } from '#domain/reply.ts';
import { settledUnsearched } from '#domain/decide.ts';
import { type Decision, NOTHING_SEARCHED, type Verdict } from '#domain/decision.ts';
import { hasPending, type Situation, situationOf } from '#domain/situation.ts';
import { turnText } from '#domain/speak.ts';
import type { ChatPlatform } from '#chat-ports.ts';
import type { Store } from '#ports.ts';
import { judge, type JudgeDeps } from './judge.ts';
import { type ModelDeps, type ModelSession, NO_MODEL, openModelSession } from './model-session.ts';
import { readPictures } from './read-pictures.ts';
import { jobsAfter, ratingsIn } from './next-jobs.ts';
import { openTicket } from './open-ticket.ts';
import { withRequests } from './open-request.ts';
import { findPerson, platformOf } from './people.ts';
import { tellAdded } from './tell-added.ts';

export interface AnswerDeps extends JudgeDeps {
  /** Null: nothing is asked of any model. */
  readonly models: ModelDeps | null;
}

/** Decides on whatever waits in the conversation. Nothing is visible outside but "searching…": what follows are jobs. */
export function createAnswer(deps: AnswerDeps) {
  const { store, clock } = deps;

  return async function answer(conversationId: string): Promise<void> {
    const conversation = await store.conversations.load(conversationId);
    const last = conversation.turns.at(-1);
    if (last === undefined || !hasPending(conversation)) return;

    const situation = await whileOpen(situationOf(conversation), store);
    const decision = await decisionOn(conversation, situation, deps);

    const isSaidMore = decision.kind === 'follow' && situation.said.length > 0;
    const handledThrough = isSaidMore ? (beforeWords(conversation) ?? last.id) : last.id;
    const isChat = platformOf(deps.platforms, conversation.address.platform).hasNoThreads(conversation.address);
    await record(store, { conversation, decision, handledThrough, isChat, at: clock() });
  };
}

/** What is said before or after the press on "Follow it" is for us, and is decided on next. */
function beforeWords({ turns, handledThrough }: Conversation): string | undefined {
  const pending = turns.slice(turns.findIndex(({ id }) => id === handledThrough) + 1);
  const words = pending.findIndex(({ author, action }) => action === null && isPersons(author));
  return pending.slice(0, Math.max(words, 0)).at(-1)?.id;
}

function isPersons(author: Turn['author']): boolean {
  return author === 'requester' || author === 'colleague';
}

/** What is said here goes to the ticket of another conversation only as long as somebody works on that. */
async function whileOpen(situation: Situation, store: Store): Promise<Situation> {
  if (situation.goesOnIn === null) return situation;
  const ticket = await store.tickets.find(situation.goesOnIn.conversationId);
  return ticket?.phase === 'open' || ticket?.phase === 'resolved' ? situation : { ...situation, goesOnIn: null };
}

async function decisionOn(conversation: Conversation, situation: Situation, deps: AnswerDeps): Promise<Decision> {
  const settled = settledUnsearched(situation, deps.policy);
  if (settled !== null && !mayBeInPicture(situation, deps)) return unsearched(settled, situation, deps);
  const platform = platformOf(deps.platforms, conversation.address.platform);
  const stages = createStages(conversation, platform);
  stages.show('searching');
  const decision = await searched({ conversation, situation, onStage: stages.show }, deps);
  // Waited for: a status that arrived after the answer would stay under it for minutes. Not for long: it is a courtesy.
  await Promise.race([stages.shown(), over(AbortSignal.timeout(STATUS_WAIT_MS))]);
  return decision;
}

/** What is asked may stand in a picture alone, also where we have asked for it: "what does the error say?" */
function mayBeInPicture(situation: Situation, { models, policy }: AnswerDeps): boolean {
  if (models === null || situation.pictures.length === 0) return false;
  return settledUnsearched({ ...situation, isAskedInPicture: true }, policy) === null;
}

async function unsearched(settled: Verdict, situation: Situation, deps: AnswerDeps): Promise<Decision> {
  const verdict = await withRequests(settled, situation.askerRef, deps);
  return { ...verdict, grounds: NOTHING_SEARCHED };
}

/** Most statuses are shown within a tenth of a second. */
const STATUS_WAIT_MS = 1_000;

function over(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
}

/** Shows one stage after the other, each when the one before it stands. */
function createStages({ address }: Conversation, platform: ChatPlatform) {
  let last = Promise.resolve();
  return {
    show: (stage: WorkStage): void => {
      last = last.then(() => platform.showWorking(address, stage));
    },
    shown: () => last,
  };
}

interface Searching {
  readonly conversation: Conversation;
  readonly situation: Situation;
  readonly onStage: (stage: WorkStage) => void;
}

/** With what can be read in pictures as a part of the question. */
async function searched({ conversation, situation, onStage }: Searching, deps: AnswerDeps): Promise<Decision> {
  const platform = platformOf(deps.platforms, conversation.address.platform);
  const session =
    deps.models === null || situation.place === 'shared'
      ? NO_MODEL
      : await sessionFor(
          { conversation, situation },
          { ...deps.models, patienceMs: patienceFor(conversation, deps) },
          platform,
        );
  const { texts, unread } = await readPictures(situation.pictures, { session, platform });
  const unreadPictures = unread === 0 ? {} : { unreadPictures: unread };
  const asked = { ...situation, isAskedInPicture: texts.length > 0 };
  const settled = settledUnsearched(asked, deps.policy);
  if (settled !== null) {
    const decision = await unsearched(settled, situation, deps);
    return { ...decision, grounds: { ...decision.grounds, ...unreadPictures, ...traceOfReading(session) } };
  }
  const names = deps.models === null ? [] : await namesIn({ conversation, situation }, deps);
  const decision = await judge({ conversation, situation: asked, pictureTexts: texts, session, names, onStage }, deps);
  return { ...decision, grounds: { ...decision.grounds, ...unreadPictures } };
}

async function sessionFor(
  { conversation, situation }: Pick<Searching, 'conversation' | 'situation'>,
  models: ModelDeps,
  platform: ChatPlatform,
): Promise<ModelSession> {
  const { id: conversationId, version, place, address } = conversation;
  const channel = place === 'direct' ? null : platform.channelOf(address);
  return openModelSession({ conversationId, version, personRef: situation.askerRef, channel }, models);
}

/** From when somebody asked until a model is waited for no more: the rest of what is done takes some seconds when many ask. */
const LONGEST_WAIT_MS = 10_000;
/** Whoever asked longer ago does not sit and watch: the program was down, or the platform late. */
const LONG_AGO_MS = 60_000;

/** Who has waited in the queue behind others waits for a model the less. */
function patienceFor({ turns }: Conversation, { models, clock }: AnswerDeps): number {
  const { patienceMs = 0 } = models ?? {};
  const asked = turns.findLast(({ author }) => isPersons(author))?.at;
  const waitedMs = asked === undefined ? 0 : clock().getTime() - asked.getTime();
  if (waitedMs < 0 || waitedMs > LONG_AGO_MS) return patienceMs;
  return Math.max(0, Math.min(patienceMs, LONGEST_WAIT_MS - waitedMs));
}

function traceOfReading(session: ModelSession): Pick<Decision['grounds'], 'model'> {
  const model = session.trace({
    outcome: 'stepped-down',
    checks: [],
    dropped: 0,
    confidence: null,
    why: session.why(),
  });
  return model === null ? {} : { model };
}

/** Display names of everybody who takes part, as far as they are known; of who asks in any case. */
async function namesIn(
  { conversation: { turns }, situation }: Pick<Searching, 'conversation' | 'situation'>,
  { store: { people }, platforms, clock }: AnswerDeps,
): Promise<readonly string[]> {
  // a first message comes from somebody of whom nothing is stored yet
  const asker = await findPerson(situation.askerRef, { people, platforms, clock });
  const refs = new Set(turns.flatMap(({ personRef }) => personRef ?? []));
  const known = await Promise.all(Array.from(refs, (ref) => people.find(ref)));
  const named = turns.flatMap(({ authorName }) => authorName ?? []);
  return [...new Set([asker.name, ...known.flatMap((one) => one?.person.name ?? []), ...named])];
}

interface Recorded {
  readonly conversation: Conversation;
  readonly decision: Decision;
  /** The last turn that the decision took into account. */
  readonly handledThrough: string;
  /** The place has no threads. */
  readonly isChat: boolean;
  readonly at: Date;
}

/**
 * Writes the decision and the jobs that carry it out, together. When something came in meanwhile nothing is written:
 * what came in has brought a job of its own, which decides anew.
 */
async function record(store: Store, recorded: Recorded): Promise<void> {
  const { conversation, decision, handledThrough, at } = recorded;
  const { id: conversationId, version } = conversation;
  await store.transaction(async (within) => {
    const text = turnText(decision, null);
    const turn = await within.conversations.recordDecision({
      conversationId,
      version,
      handledThrough,
      decision,
      text,
      at,
    });
    if (turn === null) return;
    for (const { name, data } of jobsAfter({ conversation, decision }, turn.turnId)) {
      await within.jobs.send(name, conversationId, { conversationId, ...data });
    }
    await recordOutcome(within, recorded);
  });
}

/** What the decision changes beside the thread. */
async function recordOutcome(within: Store, recorded: Recorded): Promise<void> {
  const { conversation, decision, handledThrough, isChat, at } = recorded;
  const conversationId = conversation.id;
  if (decision.kind === 'forward' && isChat) await tellAdded(within, { conversation, at });
  await recordRatings(within, conversation);
  if (decision.kind === 'escalate') {
    await openTicket(within, { conversationId, reason: decision.reason, throughTurnId: handledThrough, at });
  }
  if (decision.kind === 'close') await within.tickets.recordPhase(conversationId, 'closed', at);
  if (decision.kind !== 'follow') return;
  if (handledThrough !== conversation.turns.at(-1)?.id)
    await within.jobs.send('answer', conversationId, { conversationId });
  const followed = decision.incident.conversationId;
  if (!(await within.incidents.follow({ conversationId, followed, at }))) return;
  await within.jobs.send('count-followers', followed, { conversationId: followed });
  // it may be solved by now, or gone
  await within.jobs.sendUnlessWaiting('refresh-ticket', followed, { conversationId: followed });
}

/** The first rating counts; a comment may follow. */
async function recordRatings(within: Store, conversation: Conversation): Promise<void> {
  for (const rating of ratingsIn(conversation)) await within.tickets.recordRating(conversation.id, rating);
}
