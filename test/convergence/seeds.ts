import { openDatabase } from '../../adapters/postgres/database.ts';
import { createStore } from '../../adapters/postgres/store.ts';
import { putDocument } from '../src/flows/helpdesk.ts';
import { interleave, type Outcome } from './interleaving.ts';
import { createDoor, openOffice } from './office.ts';

const count = Number(process.env['SEEDS'] ?? 1000);
const only = process.env['SEED'];

/** Seeds of a file: one of two that run side by side. `SEED` runs that one alone, `SEEDS` the first so many. */
export function seedsOf(half: 0 | 1): readonly number[] {
  const all = only === undefined ? Array.from({ length: count }, (_, index) => index + 1) : [Number(only)];
  return all.filter((seed) => seed % 2 === half);
}

export interface Tally {
  readonly interleavings: number;
  readonly tickets: number;
  readonly kills: number;
  readonly failures: number;
  /** What to look at, and how to see it again. */
  readonly wrong: readonly string[];
}

/** Runs them one after the other, on one database. */
export async function runSeeds(seeds: readonly number[]): Promise<Tally> {
  const database = await openDatabase({ dump: process.env['TEST_DUMP'] ?? '' });
  const office = await openOffice();
  const kettle = { id: 'kettle', title: 'Kettles', text: 'Descale the kettle with vinegar.' };
  await putDocument(createStore(database, { language: 'english' }), kettle);
  const site = { database, office, door: createDoor() };
  const outcomes: Outcome[] = [];
  try {
    for (const seed of seeds) outcomes.push(await interleave(site, seed));
  } finally {
    await office.close();
    await database.close();
  }
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((total, outcome) => total + of(outcome), 0);
  return {
    interleavings: outcomes.length,
    tickets: sum(({ hasTicket }) => Number(hasTicket)),
    kills: sum(({ kills }) => kills),
    failures: sum(({ failures }) => failures),
    wrong: outcomes.filter(({ differences }) => differences.length > 0).map(told),
  };
}

function told({ seed, differences, acts }: Outcome): string {
  return [`SEED=${seed} npm test -- test/convergence`, ...new Set(differences), ...acts].join('\n');
}
