import { SetupError } from '#errors.ts';
import type { KnowledgeSource, ListedDocument, SourceMemory } from '#knowledge-ports.ts';
import type { Clock, Log } from '#ports.ts';
import type { Pace } from '../pace.ts';
import { sourceName } from './audience.ts';
import { createDirectory } from './directory.ts';
import { createGroups } from './groups.ts';
import { createKnown } from './known.ts';
import { lookUpPage } from './look-up.ts';
import { createNoteBook } from './notes.ts';
import { readPage } from './read.ts';
import { createRequests } from './requests.ts';
import { createRights } from './rights.ts';
import { createSite } from './site.ts';
import { createSpaces } from './spaces.ts';
import { type Survey, takeSurvey } from './survey.ts';
import { createTransport } from './transport.ts';

export interface ConfluenceConfig {
  /** With `/wiki` in Cloud, e.g. `https://acme.atlassian.net/wiki`. */
  readonly baseUrl: string;
  /** Of an account that may view the spaces, all their pages, and people's addresses: what it cannot see is not there. */
  readonly email: string;
  readonly apiToken: string;
  /** Keys of the spaces. */
  readonly spaces: readonly string[];
  /** Only pages with one of them; none: all pages. */
  readonly labels: readonly string[];
  /** Names or ids of groups that every employee is in. */
  readonly everyoneGroups: readonly string[];
  /** Names of groups that other settings name: their members are told although no page may name them. None when not given. */
  readonly namedGroups?: readonly string[];
  /** How often the restrictions of all pages are asked for: setting one makes no new version of the page. */
  readonly sweepMinutes: number;
  readonly pace: Pace;
}

/** A listing right after the groups is theirs: they are found by looking at all pages. */
const surveyAgeMs = 60_000;

/**
 * The pages of chosen spaces of Confluence Cloud: content by version 2 of its API, search, restrictions and groups by
 * version 1. Who may read a page is whoever the space lets in, and the restrictions of the page and of all above it.
 *
 * For Data Center see {@link createTransport}.
 *
 * @throws SetupError when no space is named.
 */
export function createConfluence(
  config: ConfluenceConfig,
  deps: { memory: SourceMemory; clock: Clock; log: Log },
): KnowledgeSource {
  const { spaces: keys, labels, everyoneGroups, namedGroups = [], pace } = config;
  if (keys.length === 0) throw new SetupError('CONFLUENCE_SPACES names no space.');
  const { memory, clock, log } = deps;
  const baseUrl = config.baseUrl.replace(/\/+$/, '');
  const site = createSite(createRequests({ baseUrl, pace }, createTransport({ ...config, baseUrl }, clock)));
  const spaces = createSpaces(site, { keys, clock, log });
  const directory = createDirectory(site, { everyoneGroups, clock });
  const groupsOf = createGroups({ site, directory, log, namedGroups });
  const known = createKnown();
  const book = createNoteBook(memory);
  const rights = createRights({ site, known, directory, book });
  const sweepMs = config.sweepMinutes * 60_000;
  const survey = () => takeSurvey({ site, spaces, directory, known, book, clock, log, labels, sweepMs });
  let fresh: { readonly at: number; readonly survey: Survey } | null = null;

  return {
    name: sourceName,

    async groups() {
      const at = clock().getTime();
      const taken = await survey();
      fresh = { at, survey: taken };
      return await groupsOf(taken.groups);
    },

    async *list(): AsyncGenerator<ListedDocument> {
      const before = fresh;
      fresh = null;
      const isFresh = before !== null && clock().getTime() - before.at < surveyAgeMs;
      yield* (isFresh ? before.survey : await survey()).documents;
    },

    lookUp: (id) => lookUpPage(id, { site, spaces, rights, book, labels }),
    read: (id) => readPage(id, { site, spaces, rights, directory, book, baseUrl, labels }),
  };
}
