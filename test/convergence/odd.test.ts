import { runSeeds, seedsOf } from './seeds.ts';

const seeds = seedsOf(1);

(seeds.length === 0 ? test.skip : test)(
  'however messages, comments, webhooks, failures and kills fall together, thread and ticket end up saying the same (odd seeds)',
  async () => {
    const { wrong, interleavings, tickets } = await runSeeds(seeds);
    expect({ wrong: wrong.length, first: wrong[0] }).toEqual({ wrong: 0, first: undefined });
    expect(interleavings).toBe(seeds.length);
    if (seeds.length > 10) expect(tickets).toBeGreaterThan(seeds.length / 2);
  },
  600_000,
);
