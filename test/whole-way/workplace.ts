import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Company, loadCompany } from '../../sandbox/company.ts';
import { articleId } from '../../sandbox/confluence/index.ts';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { freePort } from './free-ports.ts';

/** The real program as a process of its own, with the sandbox's Slack, Jira, Notion and Confluence around it. */
export interface Workplace extends Sandbox {
  /** What the program logged so far, one object a line. */
  readonly lines: readonly LogLine[];
  onLine(listener: (line: LogLine) => void): () => void;
  /** Where the program takes Slack's requests. */
  readonly botUrl: string;
  /** Waits until `look` gives something else than null, undefined or false; fails with `what` after `deadlineMs`. */
  until<T>(what: string, look: () => T | null | undefined | false, deadlineMs?: number): Promise<T>;
}
export interface LogLine {
  readonly msg: string;
  readonly job?: string;
  readonly key?: string;
  readonly documentId?: string;
  readonly reason?: string;
  readonly [field: string]: unknown;
}

const program = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** @param company the sample company when not given. */
export async function startWorkplace(
  settings: Readonly<Record<string, string>> = {},
  company: Company = loadCompany(),
): Promise<Workplace> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'firstline-workplace-'));
  const lines: LogLine[] = [];
  const listeners = new Set<(line: LogLine) => void>();
  const botPort = await freePort();
  const sandbox = await startSandbox({
    port: await freePort(),
    botPort,
    company,
    folder,
    reset: false,
    program,
    settings: { LOG_LEVEL: 'debug', JIRA_SEARCH_LAG_SECONDS: '2', ...settings },
    onBotLine: (text) => {
      const line = parsed(text);
      if (line === null) return;
      lines.push(line);
      for (const listener of listeners) listener(line);
    },
    say: () => {},
  });
  const workplace: Workplace = {
    ...sandbox,
    lines,
    botUrl: `http://127.0.0.1:${botPort}`,
    onLine(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    until,
    async close() {
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  const sources = sourcesOf(company, settings);
  await until(`${sources.join(', ')} are read`, () =>
    sources.every((name) => lines.some(({ msg, job, key }) => msg === 'job done' && job === 'sync' && key === name)),
  );
  return workplace;
}

/** What the program reads: all that a company keeps documents in, unless the settings name a folder of their own. */
function sourcesOf({ places }: Company, settings: Readonly<Record<string, string>>): readonly string[] {
  const isFolderOnly = places === undefined || settings['KNOWLEDGE_FOLDER'] !== undefined;
  return isFolderOnly ? ['markdown'] : ['markdown', 'notion', 'confluence', 'tickets'];
}

async function until<T>(what: string, look: () => T | null | undefined | false, deadlineMs = 60_000): Promise<T> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const seen = look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function parsed(text: string): LogLine | null {
  try {
    return JSON.parse(text);
  } catch {
    return null; // not a line of the log, such as Node's own warnings
  }
}

/** What the address of an article has in it that is kept in Confluence. @param id such as `network/vpn-linux.md` */
export function wikiPath(id: string): string {
  return `/wiki/spaces/IT/pages/${articleId(id)}/`;
}
