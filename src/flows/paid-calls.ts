import { costOf, priceFor } from '#domain/budget.ts';
import type { ModelCall, ModelCallPurpose, StepDown } from '#domain/decision.ts';
import { RemoteError } from '#errors.ts';
import type { ModelUsage, PlannedCall } from '#model-ports.ts';
import type { Behalf, ModelDeps } from './model-session.ts';
import { noteBudget } from './tell-budget.ts';

/** A call that is about to be made. */
export interface CallPlan extends Pick<PlannedCall, 'model' | 'most'> {
  readonly purpose: ModelCallPurpose;
  /** That it brought nothing is no reason to step down. */
  readonly isSpare?: boolean;
}

/** Calls to models, each within the budget and before the deadline, and the bill of them all. */
export interface PaidCalls {
  /**
   * Makes the call when it may be made, and pays for it. Null: it was not made, or brought nothing. `make` is to end when
   * its signal says so: nobody waits any more, or what it is about has changed.
   */
  pay<Result extends { readonly usage: ModelUsage }>(
    plan: CallPlan,
    make: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result | null>;
  /** Notes that the last call brought nothing that can be used. */
  failLast(as: 'refused' | 'malformed' | 'truncated'): void;
  made(): readonly ModelCall[];
  /** Why the last that counts brought nothing; null when it did. */
  readonly why: () => StepDown | null;
}

/** How often it is looked whether anything new came in while a call is under way. */
const LOOK_EVERY_MS = 500;

type Settle = (usage: ModelUsage, spent: number) => Promise<void>;

const NO_TOKENS: ModelUsage = { inputTokens: 0, cachedTokens: 0, outputTokens: 0 };

type Payer = Pick<ModelDeps, 'store' | 'caps' | 'prices' | 'admins' | 'faults' | 'clock' | 'log'> & {
  readonly deadline: AbortSignal;
};

/** What was called in one answer, and how the last that counts ended. */
function openLedger() {
  const calls: ModelCall[] = [];
  let why: StepDown | null = null;
  return {
    done(call: ModelCall) {
      calls.push(call);
      why = null;
    },
    failed({ purpose, isSpare = false }: CallPlan, as: 'too-late' | 'failed' | 'over-budget', ms = 0): null {
      calls.push({ purpose, outcome: as, ms, costs: 0 });
      if (!isSpare) why = as;
      return null;
    },
    stopped(): null {
      why = 'stopped';
      return null;
    },
    failLast(as: 'refused' | 'malformed' | 'truncated') {
      why = as === 'refused' ? as : 'malformed';
      const last = calls.pop();
      if (last !== undefined) calls.push({ ...last, outcome: as });
    },
    made: () => calls,
    why: () => why,
  };
}

export function openPaidCalls(behalf: Behalf, payer: Payer): PaidCalls {
  const { deadline, log } = payer;
  const ledger = openLedger();

  /** What settles the call; null when it is not to be made. The reserving may wait: looked at again after it. */
  async function begin(plan: CallPlan): Promise<Settle | null> {
    if (deadline.aborted) return ledger.failed(plan, 'too-late');
    if (await isOverBy(behalf, payer)) return ledger.stopped();
    const spend = await reserve(plan, behalf, payer);
    if (spend === null) return ledger.failed(plan, 'over-budget');
    if (!deadline.aborted) return spend;
    await spend(NO_TOKENS, 0);
    return ledger.failed(plan, 'too-late');
  }

  async function pay<Result extends { readonly usage: ModelUsage }>(
    plan: CallPlan,
    make: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result | null> {
    const { purpose, model } = plan;
    const spend = await begin(plan);
    if (spend === null) return null;
    const began = performance.now();
    const took = () => Math.round(performance.now() - began);
    const watch = watchFor(() => isOverBy(behalf, payer));
    try {
      const result = await make(AbortSignal.any([deadline, watch.signal]));
      const costs = costOf(result.usage, priceFor(model, payer.prices));
      const ms = took();
      await spend(result.usage, costs);
      await payer.faults.answered(model);
      ledger.done({ purpose, outcome: 'done', ms, costs });
      return result;
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      // Else it may have been answered, and charged, without our hearing of it: what was held back stays held back.
      if (error.didNothing) await spend(NO_TOKENS, 0);
      if (watch.signal.aborted) return ledger.stopped();
      log.warn('a model did not answer', { purpose, kind: error.kind, error: error.message });
      await payer.faults.failed(model, error);
      return ledger.failed(plan, deadline.aborted ? 'too-late' : 'failed', took());
    } finally {
      watch.end();
    }
  }

  return { ...ledger, pay };
}

/** Something new came in, or Stop was pressed: whatever is under way is in vain. */
async function isOverBy({ conversationId, version }: Behalf, { store }: Payer): Promise<boolean> {
  return (await store.conversations.versionOf(conversationId)) !== version;
}

/** A signal that is given when `isOver` is; what cannot be found out is not over. */
function watchFor(isOver: () => Promise<boolean>): { readonly signal: AbortSignal; readonly end: () => void } {
  const controller = new AbortController();
  const look = async () => {
    if (await isOver().catch(() => false)) controller.abort();
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  return { signal: controller.signal, end: () => clearInterval(timer) };
}

/** Holds back what the call costs at most; what comes back settles it. Null: the budget does not allow it. */
async function reserve(
  { purpose, model, most }: CallPlan,
  { conversationId, personRef, channel }: Behalf,
  { store, caps, admins, clock }: Payer,
): Promise<Settle | null> {
  const at = clock();
  const planned = { purpose, model, most, conversationId, personRef, channel, at };
  // what the caps have to tell is told with what it is about, or not at all
  const reservation = await store.transaction(async (within) => {
    const made = await within.spending.reserve(planned, caps);
    if (made.kind === 'refused') await noteBudget(within, made.news, { admins, at });
    return made;
  });
  if (reservation.kind === 'refused') return null;
  const { reservationId } = reservation;
  return (usage, spent) =>
    store.transaction(async (within) => {
      const news = await within.spending.settle(reservationId, { spent, usage }, caps);
      await noteBudget(within, news, { admins, at: clock() });
    });
}
