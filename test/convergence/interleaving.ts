import { act, open } from './acts.ts';
import type { Defect } from './program.ts';
import { differences, written } from './truth.ts';
import { begin, bring, type Deal, emptyDatabase, letThrough, openWorld, type Site, type World } from './world.ts';

export interface Outcome {
  readonly seed: number;
  readonly differences: readonly string[];
  readonly acts: readonly string[];
  readonly kills: number;
  readonly failures: number;
  readonly hasTicket: boolean;
  readonly comments: number;
  readonly messages: number;
}

/** How much is done in one, and how wild it is. */
const actsAtLeast = 4;
const actsMore = 8;
const hourMs = 3600_000;
/** More rounds than anything needs that ever ends. */
const mostRounds = 3000;

/** One conversation from its first message until all is calm; a function of its seed. */
export async function interleave(site: Site, seed: number, defect: Defect | null = null): Promise<Outcome> {
  await emptyDatabase(site.database);
  const world = await openWorld(site, seed, defect);
  try {
    await storm(world, { site, defect });
    await calm(world, { site, defect });
    const found = [...(await differences(world)), ...(await growth(world, { site, defect }))];
    const { acts, kills, failures, comments, messages } = world;
    return {
      seed,
      differences: found,
      acts,
      kills,
      failures,
      hasTicket: world.jira.issues().length > 0,
      comments: comments.length,
      messages: messages.length,
    };
  } catch (error) {
    throw new Error(`seed ${seed}\n${world.acts.join('\n')}`, { cause: error });
  } finally {
    await world.close();
  }
}

interface At {
  readonly site: Site;
  readonly defect: Defect | null;
}

async function storm(world: World, at: At): Promise<void> {
  const { random } = world;
  await open(world);
  while (world.slackMail.length > 0) await bring(world, world.slackMail, { at: 0, keep: false }, at.site.door);
  const killing = random.pick([0, 0.02, 0.05]);
  const failing = random.pick([0, 0.05, 0.15]);
  let left = actsAtLeast + random.below(actsMore);
  // people rather wait for what comes than act all at once, some more than others
  const haste = random.pick([0.05, 0.15, 0.4]);
  while (left > 0) {
    const hurry = world.jira.issues().length > 0 ? haste : haste / 5;
    if (random.chance(hurry) || !(await step(world, at, { killing, failing }))) {
      await act(world);
      left -= 1;
    }
  }
}

interface Odds {
  readonly killing: number;
  readonly failing: number;
}

/** One thing that happens by itself; false when nothing can. */
async function step(world: World, at: At, { killing, failing }: Odds): Promise<boolean> {
  const { random, queue, slackMail, jiraMail, life } = world;
  const options = [
    ...life.gates.waiting.map(() => 'call' as const),
    ...queue.ready().map(() => 'job' as const),
    ...slackMail.slice(0, 3).map(() => 'slack' as const),
    ...jiraMail.slice(0, 3).map(() => 'jira' as const),
  ];
  if (options.length === 0) return false;
  switch (random.pick(options)) {
    case 'call':
      await stepOn(world, { killing, failing });
      break;
    case 'job':
      await begin(world, at);
      break;
    case 'slack':
      await bring(world, slackMail, { at: inSlacksOrder(world), keep: random.chance(0.15) }, at.site.door);
      break;
    case 'jira':
      await webhook(world, at);
  }
  return true;
}

/** One call of a flow. The database does not fail: what it would be like is what a kill is like. */
async function stepOn(world: World, { killing, failing }: Odds): Promise<void> {
  const { random, life } = world;
  const isKilled = random.chance(killing);
  const isFailing = !isKilled && random.chance(failing);
  const deal: Deal = isKilled ? random.pick(['killed-before', 'killed-after']) : 'through';
  const one = random.pick(life.gates.waiting);
  await letThrough(world, one, isFailing && one.side !== 'store' ? 'failing' : deal);
}

/** A webhook is lost, late, early, or comes again. */
async function webhook(world: World, at: At): Promise<void> {
  const { random, queue, jiraMail } = world;
  const place = random.chance(0.6) ? 0 : random.below(jiraMail.length);
  if (random.chance(0.2)) {
    jiraMail.splice(place, 1);
    world.acts.push('  a webhook is lost');
  } else await bring(world, jiraMail, { at: place, keep: random.chance(0.2) }, at.site.door);
  if (random.chance(0.05)) await queue.jobs.sendUnlessWaiting('watch-tickets', 'all', {});
}

/** What was not taken is sent again, behind others: a message then comes even behind its own change, now and then. */
function inSlacksOrder({ slackMail, random }: World): number {
  const place = random.chance(0.7) ? 0 : random.below(slackMail.length);
  if (random.chance(0.3)) return place;
  const about = tsOf(slackMail[place]?.body ?? '');
  return about === null ? place : slackMail.findIndex(({ body }) => tsOf(body) === about);
}

function tsOf(body: string): string | null {
  try {
    const event = Object(JSON.parse(body)).event ?? {};
    return event.deleted_ts ?? event.message?.ts ?? event.ts ?? null;
  } catch {
    return null;
  }
}

/** Nothing fails any more, everything arrives, and everything there is to do is done. */
async function calm(world: World, at: At): Promise<void> {
  world.acts.push('  calm');
  await drain(world, at);
  // what no webhook has told: what has changed, and what was not read for a day
  world.aheadMs += 25 * hourMs;
  await world.queue.jobs.sendUnlessWaiting('watch-tickets', 'all', {});
  await drain(world, at);
}

async function drain(world: World, at: At): Promise<void> {
  for (let round = 0; round < mostRounds; round += 1) {
    if (!(await calmStep(world, at))) {
      if (world.queue.size() > 0) world.faults.push(`jobs stand still: ${world.queue.waiting().join('; ')}`);
      return;
    }
  }
  world.faults.push(`there is no end: ${world.queue.waiting().join('; ')}`);
}

async function calmStep(world: World, at: At): Promise<boolean> {
  const { random, slackMail, jiraMail, life, queue } = world;
  const [letter] = slackMail;
  if (letter !== undefined) {
    await bring(world, slackMail, { at: 0, keep: false }, at.site.door);
    return true;
  }
  if (jiraMail.length > 0) {
    await bring(world, jiraMail, { at: 0, keep: false }, at.site.door);
    return true;
  }
  const { waiting } = life.gates;
  if (waiting.length > 0 && (queue.ready().length === 0 || random.chance(0.8))) {
    await letThrough(world, random.pick(waiting), 'through');
    return true;
  }
  return begin(world, at);
}

/** What is still written to either side when all is read and compared three more times. */
async function growth(world: World, at: At): Promise<readonly string[]> {
  const since = new Date();
  const { queue } = world;
  const row: { id: string } | undefined = await world.database.knex('conversation').first('id');
  if (row === undefined) return ['there is no conversation'];
  const conversationId = String(row.id);
  for (let time = 0; time < 3; time += 1) {
    await queue.jobs.send('watch-tickets', 'all', {});
    for (const name of ['refresh-ticket', 'mirror'] as const)
      await queue.jobs.send(name, conversationId, { conversationId });
    if (world.jira.issues().length === 0) queue.forget('mirror');
    await drain(world, at);
  }
  const { slack, jira } = written(world, since);
  return [...slack, ...jira].map((call) => `written once more: ${call}`);
}
