import type { TeamsChatView } from '../teams/contract.ts';
import type { PageTeams } from './parts.ts';
import { isFlat, teamsIdOf, tsOfTeams } from './teams-ids.ts';

const never = '0000000000.000000';

/** How far people have read, by `ts`. Teams keeps it for each chat; what it does not tell of is kept here, until the page's server ends. */
export interface TeamsMarks {
  of(as: string, chat: string, threadTs?: string): string;
  /** False when nothing changes by it. */
  read(as: string, chat: string, threadTs?: string): boolean;
  unreadFrom(as: string, chat: string, ts: string): void;
  unread(as: string, view: TeamsChatView): number;
}

export function createTeamsMarks(teams: PageTeams): TeamsMarks {
  const threads = new Map<string, string>();
  const unreadFrom = new Map<string, string>();
  /** How far somebody had read a chat when they first looked: for threads that they have not opened since. */
  const begun = new Map<string, string>();

  function ofChat(as: string, chat: string): string {
    const id = teams.readUntil(as, chat);
    return /^\d+$/.test(id) ? tsOfTeams(id) : never;
  }

  function beginningOf(as: string, chat: string): string {
    const key = `${as}/${chat}`;
    const mark = begun.get(key) ?? ofChat(as, chat);
    begun.set(key, mark);
    return mark;
  }

  function readThread(as: string, chat: string, threadTs: string): boolean {
    const key = `${as}/${chat}/${threadTs}`;
    const last = teams.thread(chat, teamsIdOf(threadTs)).at(-1);
    if (last === undefined || threads.get(key) === tsOfTeams(last.id)) return false;
    threads.set(key, tsOfTeams(last.id));
    return true;
  }

  return {
    of(as, chat, threadTs) {
      if (threadTs !== undefined) return threads.get(`${as}/${chat}/${threadTs}`) ?? beginningOf(as, chat);
      const from = unreadFrom.get(`${as}/${chat}`);
      return from === undefined ? ofChat(as, chat) : before(from);
    },
    read(as, chat, threadTs) {
      beginningOf(as, chat);
      if (threadTs !== undefined && !isFlat(chat)) return readThread(as, chat, threadTs);
      const wasUnread = unreadFrom.delete(`${as}/${chat}`);
      const last = teams.messages(chat).reduce((most, { id }) => Math.max(most, Number(id)), 0);
      if (last <= Number(teamsIdOf(ofChat(as, chat)))) return wasUnread;
      teams.markRead(as, chat);
      return wasUnread;
    },
    unreadFrom(as, chat, ts) {
      beginningOf(as, chat);
      unreadFrom.set(`${as}/${chat}`, ts);
    },
    unread(as, { id: chat, unread }) {
      const from = unreadFrom.get(`${as}/${chat}`);
      if (from === undefined) return unread;
      const since = teams.messages(chat).filter(({ id }) => Number(id) >= Number(teamsIdOf(from)));
      return since.filter((message) => message.from !== as && message.deleted !== true).length;
    },
  };
}

/** A microsecond earlier. */
function before(ts: string): string {
  const micros = BigInt(ts.replace('.', '')) - 1n;
  return `${micros / 1_000_000n}.${String(micros % 1_000_000n).padStart(6, '0')}`;
}
