import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface Room {
  /** Where the path of a source file begins, or the file itself. The first that fits counts. */
  readonly files: string;
  /** What may be imported: packages and node modules by name, our own files by where their path begins. */
  readonly mayImport: readonly string[];
}

const ports = [
  'src/domain/',
  'src/ports.ts',
  'src/chat-ports.ts',
  'src/knowledge-ports.ts',
  'src/ticket-ports.ts',
  'src/model-ports.ts',
  'src/errors.ts',
];

/** One source knows no other, and waits and pages as all do. */
const source = [...ports, 'knowledge-sync/pace.ts', 'knowledge-sync/pages.ts', 'zod', 'node:'];

const rooms: readonly Room[] = [
  { files: 'src/domain/', mayImport: ['src/domain/'] },
  { files: 'src/knowledge-ports.ts', mayImport: ['src/domain/'] },
  { files: 'src/ticket-ports.ts', mayImport: ['src/domain/'] },
  { files: 'src/model-ports.ts', mayImport: [] },
  { files: 'src/chat-ports.ts', mayImport: ['src/domain/', 'src/ticket-ports.ts', 'node:http'] },
  {
    files: 'src/ports.ts',
    mayImport: [
      'src/domain/',
      'src/chat-ports.ts',
      'src/knowledge-ports.ts',
      'src/ticket-ports.ts',
      'src/model-ports.ts',
    ],
  },
  { files: 'src/errors.ts', mayImport: [] },
  { files: 'src/flows/', mayImport: [...ports, 'src/flows/'] },
  { files: 'src/inbox.ts', mayImport: ports },
  { files: 'src/jobs.ts', mayImport: ports },
  {
    files: 'src/config.ts',
    mayImport: [
      'src/errors.ts',
      'src/knowledge-settings.ts',
      'src/ticket-settings.ts',
      'src/teams-settings.ts',
      'src/model-settings.ts',
      'zod',
    ],
  },
  {
    files: 'src/ticket-settings.ts',
    mayImport: ['src/domain/', 'src/errors.ts', 'src/knowledge-settings.ts', 'zod'],
  },
  { files: 'src/routing-file.ts', mayImport: ['src/domain/', 'src/errors.ts', 'yaml', 'zod', 'node:fs'] },
  {
    files: 'src/model-settings.ts',
    mayImport: ['src/domain/', 'src/errors.ts', 'src/model-ports.ts', 'src/knowledge-settings.ts', 'zod'],
  },
  { files: 'src/prompts.ts', mayImport: ['src/domain/', 'node:fs'] },
  { files: 'src/teams-settings.ts', mayImport: ['src/knowledge-settings.ts', 'zod'] },
  { files: 'src/knowledge-settings.ts', mayImport: ['src/domain/', 'src/errors.ts', 'zod'] },
  { files: 'src/log.ts', mayImport: ['src/ports.ts', 'pino'] },
  {
    files: 'src/server.ts',
    mayImport: ['src/ports.ts', 'src/chat-ports.ts', 'src/errors.ts', 'node:http', 'node:net'],
  },
  {
    files: 'src/operator.ts',
    mayImport: ['src/ports.ts', 'src/chat-ports.ts', 'src/errors.ts', 'zod', 'node:http', 'node:crypto'],
  },
  { files: 'src/lifetime.ts', mayImport: ['src/ports.ts', 'src/errors.ts', 'node:timers/promises'] },
  { files: 'src/policy.ts', mayImport: ['src/domain/', 'src/errors.ts', 'node:fs'] },
  // the one place that builds the program
  { files: 'src/main.ts', mayImport: [''] },
  { files: 'src/build-', mayImport: ['src/', 'knowledge-sync/', 'adapters/openai/'] },
  { files: 'adapters/chat/', mayImport: ['adapters/chat/', 'src/ports.ts', 'zod', 'node:http'] },
  { files: 'adapters/slack/', mayImport: [...ports, 'adapters/slack/', 'adapters/chat/', '@slack/', 'zod', 'node:'] },
  {
    files: 'adapters/teams/',
    mayImport: [
      ...ports,
      'adapters/teams/',
      'adapters/chat/',
      'botbuilder',
      'botframework-connector',
      'htmlparser2',
      'lru-cache',
      'zod',
      'node:',
    ],
  },
  { files: 'adapters/openai/', mayImport: [...ports, 'adapters/openai/', 'openai', 'zod', 'node:'] },
  { files: 'adapters/jira/', mayImport: [...ports, 'adapters/jira/', 'jira.js', 'zod', 'node:'] },
  {
    files: 'adapters/postgres/',
    mayImport: [...ports, 'adapters/postgres/', '@electric-sql/', 'knex', 'pg', 'lru-cache', 'node:'],
  },
  {
    files: 'knowledge-sync/notion/',
    mayImport: [...source, 'knowledge-sync/notion/', '@notionhq/client', 'markdown-it'],
  },
  {
    files: 'knowledge-sync/confluence/',
    mayImport: [...source, 'knowledge-sync/confluence/', 'htmlparser2', 'domhandler', 'entities'],
  },
  {
    files: 'knowledge-sync/jira/',
    // the one way to ask Jira, and the one reader of its documents
    mayImport: [
      ...source,
      'knowledge-sync/jira/',
      'jira.js',
      'adapters/jira/transport.ts',
      'adapters/jira/read-adf.ts',
      'adapters/jira/read-adf-inline.ts',
      'adapters/jira/adf-node.ts',
      'adapters/jira/markdown-text.ts',
      'adapters/jira/public-comment.ts',
      'adapters/jira/jira-time.ts',
    ],
  },
  { files: 'knowledge-sync/lessons/', mayImport: [...ports, 'knowledge-sync/lessons/'] },
  {
    files: 'knowledge-sync/markdown/',
    mayImport: [...source, 'knowledge-sync/markdown/', 'knowledge-sync/blocks.ts', 'yaml'],
  },
  { files: 'knowledge-sync/', mayImport: [...ports, 'knowledge-sync/', 'markdown-it', 'p-queue', 'node:'] },
  { files: 'migrations/', mayImport: ['knex'] },
  // None of our code and no vendor's SDK, or it would prove nothing.
  { files: 'sandbox/', mayImport: ['sandbox/', 'markdown-it', 'yaml', 'zod', 'node:'] },
];

const sources = globSync('{src,adapters,knowledge-sync,migrations,sandbox}/**/*.ts');
const aliases: Readonly<Record<string, string>> = JSON.parse(readFileSync('package.json', 'utf8')).imports;

test('the rules cover a house that stands', () => {
  expect(sources.length).toBeGreaterThan(50);
});

test.each(sources)('%s imports only what it may', (file) => {
  const room = rooms.find(({ files }) => file.startsWith(files));
  const strays = importsOf(file).filter((target) => !room?.mayImport.some((allowed) => isWithin(target, allowed)));
  expect({ room: room?.files, strays }).toEqual({ room: expect.any(String), strays: [] });
});

test('only config.ts reads the environment', () => {
  const readers = sources.filter((file) => /process\.env\b/.test(readFileSync(file, 'utf8')));
  expect(readers).toEqual(['src/config.ts']);
});

test('no vendor has a name in the domain, in the flows or in the ports', () => {
  const wordsOfEmployees = 'src/domain/question.ts'; // "open a jira ticket" is what people say
  const inner = sources.filter(
    (file) =>
      /^src\/(domain|flows|inbox|jobs|ports|chat-ports|knowledge-ports|ticket-ports|model-ports)/.test(file) &&
      file !== wordsOfEmployees,
  );
  const named = inner.filter((file) =>
    /\b(jira|notion|confluence)\b/i.test(withoutComments(readFileSync(file, 'utf8'))),
  );
  expect(named).toEqual([]);
});

function importsOf(file: string): readonly string[] {
  const statements = /^(?:import|export)\b[^'";]*?\bfrom\s+'([^']+)'|^import\s+'([^']+)'|\bimport\(\s*'([^']+)'/gm;
  const found = readFileSync(file, 'utf8').matchAll(statements);
  return Array.from(found, ([, from, bare, dynamic]) => resolved(from ?? bare ?? dynamic ?? '', file));
}

function resolved(target: string, file: string): string {
  if (target.startsWith('.')) return path.join(path.dirname(file), target);
  const alias = Object.entries(aliases).find(([name]) => target.startsWith(name.replace('*', '')));
  if (alias === undefined) return target;
  const [name, place] = alias;
  return path.join(place.replace('*', ''), name.endsWith('*') ? target.slice(name.length - 1) : '');
}

/** A folder and a scope end in a slash, a prefix such as `node:` in a colon; a package is named whole. */
function isWithin(target: string, allowed: string): boolean {
  if (allowed === '' || target === allowed) return true;
  return /[/:]$/.test(allowed)
    ? target.startsWith(allowed)
    : target.startsWith(`${allowed}/`) || isPgFamily(target, allowed);
}

/** pg-boss is the job queue of the same database. */
function isPgFamily(target: string, allowed: string): boolean {
  return allowed === 'pg' && target === 'pg-boss';
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}
