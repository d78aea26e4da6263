import { z } from 'zod';
import { SandboxFault } from '../fault.ts';
import { modelModes, type ModelMode } from '../openai/contract.ts';
import { disturbModel, modelFaultNames, type ModelFaultName, modelFaultOf } from './model-faults.ts';
import type { PageParts } from './parts.ts';
import { Refusal } from './requests.ts';
import { route, type Routes } from './route.ts';

/** What the page is told of the model. Null: there is none to be told of. */
export interface ToldModel {
  /** Whether answers are written by it. */
  readonly ai: {
    readonly isOn: boolean;
    /** It is the visitor's own. */
    readonly isOwn: boolean;
    /** The bot is being started anew with it, or without it. */
    readonly isTurning: boolean;
    /** Why the bot did not come up with it, a sentence. */
    readonly problem: string | null;
  } | null;
  /** How the stand-in is made to misbehave. `every`: so-manyth answers are lies; 0: none. */
  readonly model: { readonly fault: ModelFaultName; readonly mode: ModelMode; readonly every: number } | null;
}

/** Lets a visitor turn written answers on and off, and the stand-in model fail and lie. */
export interface ModelDesk {
  told(): ToldModel;
  readonly routes: Routes;
}

interface DeskParts extends Pick<PageParts, 'ai' | 'openai'> {
  /** Tells every open page that something of it has changed. */
  readonly announce: () => void;
}

export function createModelDesk({ ai, openai, announce }: DeskParts): ModelDesk {
  const turning = createTurning(ai, announce);
  return {
    told: () => ({
      ai: turning.told(),
      // the visitor's own is asked in its place
      model: openai === undefined || ai?.isOwn === true ? null : toldOf(openai),
    }),
    routes: { ...turning.routes, ...(openai === undefined ? {} : misbehaving(openai)) },
  };
}

function createTurning(ai: PageParts['ai'], announce: () => void) {
  if (ai === undefined) return { told: () => null, routes: {} };
  const { isOwn } = ai;
  /** How many turns are under way: nobody has to wait for the first to have second thoughts. */
  let turns = 0;
  let problem: string | null = null;

  async function turn(on: boolean): Promise<void> {
    turns += 1;
    problem = null;
    announce();
    try {
      await ai?.turn(on);
    } catch (error) {
      const isTold = error instanceof SandboxFault;
      if (!isTold) console.error('sandbox page: the bot was not started anew', error);
      problem = isTold ? error.message : 'Firstline was not started anew. The console of the sandbox says why.';
    } finally {
      turns -= 1;
      announce();
    }
  }

  const told = () => ({ isOn: ai.isOn(), isOwn, isTurning: turns > 0, problem });
  return {
    told,
    routes: {
      'POST /api/ai': route(z.object({ on: z.boolean() }), ({ on }) => {
        if (isOwn) throw new Refusal(409, 'Your settings name a model of your own: it is always on.');
        if (on !== ai.isOn()) void turn(on);
        return told();
      }),
    },
  };
}

type Model = NonNullable<PageParts['openai']>;

function toldOf(openai: Model): NonNullable<ToldModel['model']> {
  const { mode, lieEvery } = openai.behaviour();
  return { fault: modelFaultOf(openai), mode, every: lieEvery };
}

const Wish = z.object({
  fault: z.enum(modelFaultNames).optional(),
  mode: z.enum(modelModes).optional(),
  every: z.number().int().min(0).max(100).optional(),
});

/** The server itself tells of the change: a test, or whoever else holds it, may make one as well. */
function misbehaving(openai: Model): Routes {
  return {
    'POST /api/model': route(Wish, ({ fault, mode, every }) => {
      if (fault !== undefined) disturbModel(openai, fault);
      if (mode !== undefined) openai.behave(mode);
      if (every !== undefined) openai.lieEvery(every);
      return toldOf(openai);
    }),
  };
}

/** Calls `tell` when how the model misbehaves has changed, and not for each request to it. Returns what ends it. */
export function onMisbehaviour(openai: Model, tell: () => void): () => void {
  let last = JSON.stringify(toldOf(openai));
  return openai.on(() => {
    const now = JSON.stringify(toldOf(openai));
    if (now === last) return;
    last = now;
    tell();
  });
}
