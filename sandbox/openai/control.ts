import type { Fault } from '../http.ts';
import type {
  Behaviour,
  BehaveOptions,
  ModelCall,
  ModelFault,
  ModelMode,
  OpenAiSandbox,
  TaskName,
} from './contract.ts';
import { lieInTurn } from './model/respond.ts';

type Shown = Pick<
  OpenAiSandbox,
  'behaviour' | 'behave' | 'lieEvery' | 'fail' | 'mend' | 'failing' | 'faults' | 'calls' | 'on'
>;

/** How the model behaves and fails, and what it was asked. */
export interface Control {
  /** What people can do to it, and see of it. */
  readonly shown: Shown;
  modeFor(task: TaskName): ModelMode;
  /** Takes one use of the first fault that meets this request. */
  nextFault(path: string, purpose: string | null): ModelFault | null;
  record(call: Omit<ModelCall, 'number'>): void;
}

type Part<Verbs extends keyof Shown> = { readonly shown: Pick<Shown, Verbs> };

const mostCalls = 1000;

export function createControl(): Control {
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const { shown: behaving, ...behaviour } = createBehaviour(changed);
  const { shown: failing, ...failures } = createFailing(changed);
  const { shown: recorded, ...record } = createRecord(changed);
  function on(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }
  return { shown: { ...behaving, ...failing, ...recorded, on }, ...behaviour, ...failures, ...record };
}

function createBehaviour(changed: () => void): Part<'behaviour' | 'behave' | 'lieEvery'> & Pick<Control, 'modeFor'> {
  let behaviour: Behaviour = { mode: 'good', tasks: {}, seed: 1, lieEvery: 0 };
  let answers = 0;
  function behave(mode: ModelMode, { task, seed = 1 }: BehaveOptions = {}): void {
    behaviour =
      task === undefined
        ? { ...behaviour, mode, tasks: {}, seed }
        : { ...behaviour, tasks: { ...behaviour.tasks, [task]: mode }, seed };
    changed();
  }
  function lieEvery(n: number): void {
    answers = 0;
    behaviour = { ...behaviour, lieEvery: Math.max(0, Math.floor(n)) };
    changed();
  }
  return {
    shown: { behaviour: () => behaviour, behave, lieEvery },
    modeFor(task) {
      const mode = behaviour.tasks[task] ?? behaviour.mode;
      if (task !== 'firstline_answer' || behaviour.lieEvery === 0) return mode;
      answers += 1;
      const isDue = answers % behaviour.lieEvery === 0;
      return isDue ? lieInTurn(answers / behaviour.lieEvery - 1) : mode;
    },
  };
}

function createFailing(changed: () => void): Part<'fail' | 'mend' | 'failing' | 'faults'> & Pick<Control, 'nextFault'> {
  let waiting: { fault: ModelFault; left: number }[] = [];
  function fail(fault: ModelFault): void {
    waiting.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    changed();
  }
  function mend(): void {
    waiting = [];
    changed();
  }
  return {
    shown: {
      fail,
      mend,
      failing: () => waiting.map(({ fault, left }) => ({ ...fault, times: left })),
      faults: { set: (fault) => fail(modelFaultOf(fault)), clear: mend },
    },
    nextFault(path, purpose) {
      const found = waiting.find(
        ({ fault: { match = '', task } }) => path.includes(match) && (task === undefined || task === purpose),
      );
      if (found === undefined) return null;
      found.left -= 1;
      waiting = waiting.filter(({ left }) => left > 0);
      return found.fault;
    },
  };
}

function modelFaultOf({ only, match, ...fault }: Fault): ModelFault {
  return { ...fault, match: only === undefined ? match : only.replace(/^\S+ /u, '') };
}

function createRecord(changed: () => void): Part<'calls'> & Pick<Control, 'record'> {
  const calls: ModelCall[] = [];
  let number = 0;
  return {
    shown: { calls: () => [...calls] },
    record(call) {
      number += 1;
      calls.push({ number, ...call });
      if (calls.length > mostCalls) calls.shift();
      changed();
    },
  };
}
