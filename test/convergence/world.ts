import type { Database } from '../../adapters/postgres/database.ts';
import { type Company, type CompanyPerson, loadCompany } from '../../sandbox/company.ts';
import { type JiraSandbox, startJira } from '../../sandbox/jira/index.ts';
import { type SlackSandbox, startSlack } from '../../sandbox/slack/index.ts';
import type { Done, Waiting } from './gates.ts';
import type { Door, Letter, Office } from './office.ts';
import { type Defect, type Life, startLife, type Surroundings, webhookSecret } from './program.ts';
import { createQueue, type Queue, runJob } from './queue.ts';
import { type Random, randomOf } from './random.ts';

const helpId = 'C0HELP00000';
const triageId = 'C0TRIAGE000';

/** What is the same for all interleavings: they only differ by their seeds. */
export interface Site {
  readonly database: Database;
  readonly office: Office;
  readonly door: Door;
}

export interface Cast {
  readonly requester: CompanyPerson;
  readonly colleague: CompanyPerson;
  readonly staff: readonly [CompanyPerson, CompanyPerson];
}

/** A message or comment: each of its versions holds a word that stands nowhere else. */
export interface Said {
  readonly by: 'requester' | 'colleague' | 'staff';
  /** The words of its versions, the present one last. */
  readonly words: string[];
  /** A Slack `ts`, or the id of a comment; null for what was entered in a form. */
  readonly id: string | null;
  readonly files: readonly string[];
  isGone: boolean;
  /** Comments: whether everybody may read it now, and which of its words nobody ever might. */
  isPublic: boolean;
  readonly secrets: string[];
  /** It was deleted, hidden or edited at some time: its place and its files are then no longer certain. */
  isDisturbed: boolean;
}

/** One conversation and all around it. */
export interface World {
  readonly seed: number;
  readonly random: Random;
  readonly cast: Cast;
  readonly slack: SlackSandbox;
  readonly jira: JiraSandbox;
  readonly queue: Queue;
  readonly database: Database;
  readonly channel: string;
  readonly triageChannel: string | null;
  /** The thread's; '' until it is opened. */
  thread: string;
  /** What Slack has sent and nobody has brought yet, in order; the same of Jira. */
  readonly slackMail: Letter[];
  readonly jiraMail: Letter[];
  /** Of people in the thread, in the order in which the program has heard of it. */
  readonly heard: Said[];
  readonly messages: Said[];
  readonly comments: Said[];
  /** Answers from the triage channel. */
  readonly answers: Said[];
  /** Each step, in words: what a failure prints. */
  readonly acts: string[];
  /** What went wrong that no comparison would show. */
  readonly faults: string[];
  aheadMs: number;
  life: Life;
  words: number;
  /** How often a process was killed, and how often a side has failed. */
  kills: number;
  failures: number;
  /** Waits until a letter of Slack like this is there. */
  mailed(isIt: (event: Record<string, unknown>) => boolean): Promise<void>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

const company: Company = loadCompany();

export async function openWorld(site: Site, seed: number, defect: Defect | null): Promise<World> {
  const random = randomOf(seed);
  const cast = castOf(company, random);
  const everybody = [cast.requester, cast.colleague, ...cast.staff];
  const members = everybody.map(({ slackId }) => slackId);
  const [slack, jira] = await Promise.all([
    startSlack({
      people: everybody,
      company: company.name,
      channels: [
        { id: helpId, name: 'help', members },
        { id: triageId, name: 'triage', members: cast.staff.map(({ slackId }) => slackId) },
      ],
      retrySchedule: [],
    }),
    startJira({ people: everybody }),
  ]);
  const queue = createQueue(random);
  const triageChannel = random.chance(0.5) ? triageId : null;
  const slackMail: Letter[] = [];
  const jiraMail: Letter[] = [];
  const seen: Record<string, unknown>[] = [];
  let arrived = Promise.withResolvers<void>();
  let world: World;
  site.office.open((letter) => {
    if (!letter.path.endsWith(`/${seed}`)) return;
    const bare = { ...letter, path: letter.path.slice(0, letter.path.lastIndexOf('/')) };
    if (bare.path === '/jira/webhook') jiraMail.push(bare);
    else {
      const event = eventIn(bare);
      if (event !== null) seen.push(event);
      if (event === null || !isOfBot(event)) slackMail.push(bare);
    }
    arrived.resolve();
    arrived = Promise.withResolvers();
  });
  slack.connectApp(`${site.office.url}/slack/events/${seed}`);
  jira.connectWebhook(`${site.office.url}/jira/webhook/${seed}`, webhookSecret);
  const around: Surroundings = {
    database: site.database,
    slack,
    jira,
    queue,
    door: site.door,
    triageChannel,
    defect,
    clock: () => new Date(Date.now() + world.aheadMs),
  };
  world = {
    seed,
    random,
    cast,
    slack,
    jira,
    queue,
    database: site.database,
    channel: random.chance(0.7) ? slack.dm(cast.requester.slackId) : helpId,
    triageChannel,
    thread: '',
    slackMail,
    jiraMail,
    heard: [],
    messages: [],
    comments: [],
    answers: [],
    acts: [],
    faults: [],
    aheadMs: 0,
    life: await startLife(around),
    words: 0,
    kills: 0,
    failures: 0,
    async mailed(isIt) {
      const deadline = Date.now() + 20_000;
      while (!seen.some(isIt)) {
        if (Date.now() > deadline) throw new Error('waited in vain for an event of Slack');
        await arrived.promise;
      }
    },
    async restart() {
      world.life = await startLife(around);
    },
    async close() {
      site.office.open(() => {});
      site.door.lead([]);
      await Promise.all([slack.close(), jira.close()]);
    },
  };
  return world;
}

/** Who plays whom differs, so that names and addresses do not stand for parts. */
function castOf({ people }: Company, random: Random): Cast {
  const [first, second] = random.shuffled(
    people.filter(({ role, jiraAccountId }) => role === 'it-staff' && jiraAccountId),
  );
  const [requester, colleague] = random.shuffled(
    people.filter(({ role, guest }) => role === 'employee' && guest !== true),
  );
  if (!first || !second || !requester || !colleague) throw new Error('the company has too few people');
  return { requester, colleague, staff: [first, second] };
}

/** Nothing of what was there is left; documents are. */
export async function emptyDatabase({ knex }: Database): Promise<void> {
  await knex.raw(
    'truncate inbound_event, conversation, turn, ticket, person, follow, lesson, source_note, source_fault restart identity cascade',
  );
}

function eventIn({ body }: Letter): Record<string, unknown> | null {
  try {
    return Object(JSON.parse(body)).event ?? null;
  } catch {
    return null; // a form: something was pressed
  }
}

function isOfBot(event: Record<string, unknown>): boolean {
  const [message, before] = [Object(event['message']), Object(event['previous_message'])];
  return event['bot_id'] !== undefined || message.bot_id !== undefined || before.bot_id !== undefined;
}

/** Everything that has become possible by what just happened is waiting, or is over. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Begins a job: it runs until its first call. */
export async function begin(world: World, { defect }: { defect: Defect | null }): Promise<boolean> {
  const { random, queue, life } = world;
  const ready = queue.ready();
  if (ready.length === 0) return false;
  const job = random.pick(ready);
  queue.begin(job);
  const attempted = { ...job, tries: defect === 'again-ignored' ? 0 : job.tries };
  runJob(attempted, life.table).then(
    () => queue.finish(job, true),
    (error: unknown) => {
      queue.finish(job, false);
      const isRemote = error instanceof Error && 'kind' in error;
      if (!isRemote)
        world.faults.push(
          `${job.name}: ${error instanceof Error ? (error.stack ?? '').split('\n').slice(0, 3).join('') : String(error)}`,
        );
    },
  );
  await quiet();
  return true;
}

export type Deal = 'through' | 'killed-before' | 'killed-after' | 'failing';

/** Lets one call through, or has it fail; with a kill its flow never hears of it. */
export async function letThrough(world: World, one: Waiting, deal: Deal): Promise<void> {
  const { gates } = world.life;
  gates.take(one);
  if (deal === 'killed-before') return kill(world);
  const fault = deal === 'failing' ? setFault(world, one) : null;
  const done: Done = await one.call();
  if (fault !== null) {
    world.jira.faults.clear();
    world.slack.faults.clear();
    if (done.failed !== null) world.failures += 1;
  }
  if (one.side === 'jira') await world.jira.webhooksSettled();
  if (deal === 'killed-after') return kill(world);
  done.tell();
  await quiet();
}

/** Of the requests that the call makes, one fails: before or after its effect. */
function setFault({ random, slack, jira, acts }: World, { side, what }: Waiting): string {
  const { faults } = side === 'slack' ? slack : jira;
  const before = random.below(3);
  const kind = random.pick(['status', 'rate-limit', 'drop', 'drop-after', 'drop-after'] as const);
  if (before > 0) faults.set({ match: '', kind: 'slow', delayMs: 0, times: before });
  faults.set({ match: '', kind, times: 1 });
  acts.push(`  ${side} ${what}: request ${before + 1} ${kind}`);
  return kind;
}

async function kill(world: World): Promise<void> {
  world.kills += 1;
  world.acts.push('  killed');
  world.queue.handBack();
  await world.restart();
}

/** Brings a letter; what was not taken stays to be brought. */
export async function bring(
  world: World,
  mail: Letter[],
  { at, keep }: { at: number; keep: boolean },
  door: Door,
): Promise<void> {
  const [letter] = mail.slice(at, at + 1);
  if (letter === undefined) return;
  const status = await door.bring(letter);
  await world.life.settle();
  if (status !== 200) world.faults.push(`a letter to ${letter.path} was answered with ${status}`);
  if (!keep) mail.splice(mail.indexOf(letter), 1);
  noteHeard(world, letter);
  await quiet();
}

/** A change that overtakes its message comes in as that message. */
function noteHeard({ messages, heard }: World, letter: Letter): void {
  const event = eventIn(letter);
  const ts = event?.['deleted_ts'] ?? Object(event?.['message']).ts ?? event?.['ts'];
  const said = messages.find(({ id }) => id !== null && id === ts);
  if (said !== undefined && !heard.includes(said)) heard.push(said);
}
