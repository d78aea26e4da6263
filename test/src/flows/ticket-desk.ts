import type { Address, Message, Person, SharedFile } from '#domain/conversation.ts';
import { type Decision, NOTHING_SEARCHED } from '#domain/decision.ts';
import type { Reply } from '#domain/reply.ts';
import { NO_ROUTE, NO_ROUTING } from '#domain/routing.ts';
import type {
  CommentDraft,
  OpenTicket,
  TicketComment,
  TicketDraft,
  TicketSection,
  TicketState,
} from '#domain/ticket.ts';
import { RemoteError } from '#errors.ts';
import type { ChatPlatform } from '#chat-ports.ts';
import type { FileStream, Ticketing } from '#ticket-ports.ts';
import type { EscalationDeps } from '../../../src/flows/escalate.ts';
import { at, colleague, createChat, type Desk, openDesk } from './helpdesk.ts';

/** What a vendor does to one call: refuses it, or does it and lets nobody know. */
export interface Fault {
  readonly verb: string;
  readonly when: 'before' | 'after';
  readonly error: Error;
}

/** Lets one call of a verb fail, and notes all calls. */
function createFaults() {
  const state = { fault: null as Fault | null, calls: [] as string[] };
  async function run<T>(verb: string, work: () => T): Promise<T> {
    state.calls.push(verb);
    const { fault } = state;
    const isHit = fault !== null && fault.verb === verb;
    if (isHit) state.fault = null;
    if (isHit && fault.when === 'before') throw fault.error;
    const result = work();
    if (isHit) throw fault.error;
    return result;
  }
  return { state, run };
}

/** A post that has a button for a person. */
export const questionBack: Decision = { kind: 'ask', about: 'nothing-asked', grounds: NOTHING_SEARCHED };

export const down = new RemoteError('vendor', 'unavailable', { message: 'no answer' });
export const refused = new RemoteError('vendor', 'rejected', { message: 'status 400' });

export interface KeptComment extends TicketComment {
  /** Null: people wrote it. */
  readonly draft: CommentDraft | null;
}
export interface KeptTicket extends Omit<TicketState, 'comments' | 'ours'> {
  readonly comments: readonly KeptComment[];
  readonly files: readonly { readonly id: string; readonly name: string; readonly content: string }[];
  readonly links: readonly { readonly url: string; readonly title: string }[];
  readonly body: readonly TicketSection[];
  readonly priority: string | null;
  /** IT has written the description anew. */
  readonly isRewritten: boolean;
  readonly draft: TicketDraft;
}

/** A ticket system in memory, with what people do in it. */
export function createTicketSystem() {
  const { state: faults, run } = createFaults();
  const tickets = new Map<string, KeptTicket>();
  let number = 0;
  const next = () => (number += 1);
  const find = (ticketId: string): KeptTicket => {
    const ticket = tickets.get(ticketId);
    if (ticket === undefined) throw new RemoteError('desk', 'rejected', { message: 'status 404' });
    return ticket;
  };
  function change(ticketId: string, changed: Partial<KeptTicket>): void {
    const updatedAt = new Date(at.getTime() + next() * 1000);
    tickets.set(ticketId, { ...find(ticketId), updatedAt, ...changed });
  }
  const commentsOf = (ticketId: string) => find(ticketId).comments;
  function editComments(ticketId: string, edit: (comment: KeptComment) => KeptComment | null): void {
    change(ticketId, { comments: commentsOf(ticketId).flatMap((comment) => edit(comment) ?? []) });
  }
  const oursIn = (ticketId: string, mark: string) => commentsOf(ticketId).find(({ draft }) => draft?.mark === mark);

  const ticketing: Ticketing = {
    searchLagMs: 60_000,
    ensureTicket: (draft) =>
      run('ensureTicket', () => {
        const there = [...tickets.values()].find((ticket) => ticket.draft.conversation === draft.conversation);
        if (there !== undefined) return toOpen(there);
        if (!draft.mayCreate) throw down;
        const id = String(10_000 + next());
        const made: KeptTicket = {
          id,
          key: `IT-${id}`,
          url: `https://desk.example/browse/IT-${id}`,
          updatedAt: at,
          summary: draft.summary,
          status: { name: 'To Do', category: 'waiting' },
          assignee: null,
          resolution: null,
          isRestricted: false,
          comments: [],
          commands: [],
          files: [],
          links: [],
          body: draft.body,
          priority: draft.route.priority,
          isRewritten: false,
          draft,
        };
        tickets.set(id, made);
        return toOpen(made);
      }),
    ensureLink: (ticketId, link) =>
      run('ensureLink', () =>
        change(ticketId, { links: [...find(ticketId).links.filter(({ url }) => url !== link.url), link] }),
      ),
    read: (ticketId) =>
      run('read', () => {
        const ticket = tickets.get(ticketId);
        if (ticket === undefined) return null;
        const { files: _, links: __, body: ___, draft: ____, ...rest } = ticket;
        const ours = ticket.comments.flatMap(({ draft, id }) => (draft === null ? [] : [[draft.mark, id] as const]));
        return { ...rest, comments: ticket.comments.filter(({ draft }) => draft === null), ours: new Map(ours) };
      }),
    changedSince: (since) =>
      run('changedSince', () => {
        const changed = [...tickets.values()].filter(({ updatedAt }) => updatedAt >= since);
        const until = new Date(Math.max(since.getTime(), ...changed.map(({ updatedAt }) => updatedAt.getTime())));
        return { ticketIds: changed.map(({ id }) => id), until };
      }),
    ensureComment: (ticketId, draft) =>
      run('ensureComment', () => {
        const there = oursIn(ticketId, draft.mark);
        if (there !== undefined) return { commentId: there.id };
        const id = `c${next()}`;
        const comment = {
          id,
          author: 'Firstline',
          by: 'agent' as const,
          markdown: '',
          at,
          version: '1',
          files: [],
          draft,
        };
        change(ticketId, { comments: [...commentsOf(ticketId), comment] });
        return { commentId: id };
      }),
    editComment: (ticketId, { commentId, draft }) =>
      run('editComment', () => {
        if (!commentsOf(ticketId).some(({ id }) => id === commentId)) return null;
        editComments(ticketId, (comment) => (comment.id === commentId ? { ...comment, draft } : comment));
        return { commentId };
      }),
    removeComment: (ticketId, commentId) =>
      run('removeComment', () => editComments(ticketId, (comment) => (comment.id === commentId ? null : comment))),
    async ensureFile(ticketId, { file, content, again, known }) {
      const text = await new Response(content.stream).text();
      return run('ensureFile', () => {
        const isSame = (one: KeptTicket['files'][number]) => one.name === file.name && one.content === text;
        const there = again ? find(ticketId).files.find((one) => isSame(one) && !known.includes(one.id)) : undefined;
        const attached = there ?? { id: `a${next()}`, name: file.name, content: text };
        if (there === undefined) change(ticketId, { files: [...find(ticketId).files, attached] });
        return { attachmentId: attached.id };
      });
    },
    findFile: (ticketId, { file, known }) =>
      run('findFile', () => {
        const isIt = ({ id, name, content }: KeptTicket['files'][number]) =>
          name === file.name && (file.bytes === null || file.bytes === content.length) && !known.includes(id);
        return find(ticketId).files.find(isIt)?.id ?? null;
      }),
    removeFile: (attachmentId) =>
      run('removeFile', () => {
        for (const { id, files } of tickets.values()) {
          const left = files.filter((file) => file.id !== attachmentId);
          if (left.length < files.length) change(id, { files: left });
        }
      }),
    largestFileBytes: async () => 10_000_000,
    openFile: (file) =>
      run('openFile', () => {
        const attached = [...tickets.values()].flatMap(({ files }) => files).find(({ id }) => id === file.ref);
        return attached === undefined ? null : streamOf(attached.content);
      }),
    amend: (ticketId, { body, summary, priority }) =>
      run('amend', () => {
        const { isRewritten } = find(ticketId);
        change(ticketId, {
          ...(summary === undefined ? {} : { summary }),
          ...(priority === undefined ? {} : { priority }),
          ...(body === undefined || isRewritten ? {} : { body }),
        });
        return { described: isRewritten ? null : `written ${next()}` };
      }),
    reopen: (ticketId) =>
      run('reopen', () => {
        if (!state.canReopen) return false;
        if (find(ticketId).status.category === 'done') {
          change(ticketId, { status: { name: 'To Do', category: 'waiting' }, resolution: null });
        }
        return true;
      }),
    assign: () => run('assign', () => true),
  };

  const state = {
    canReopen: true,
    /** What people in IT write for everybody; returns its id. */
    comment(ticketId: string, fields: Partial<TicketComment> = {}): string {
      const id = `c${next()}`;
      const own = {
        id,
        author: 'Ben Ito',
        by: 'agent' as const,
        markdown: `words of ${id}`,
        at,
        version: '1',
        files: [],
        draft: null,
      };
      change(ticketId, { comments: [...commentsOf(ticketId), { ...own, ...fields }] });
      return id;
    },
    edit(ticketId: string, commentId: string, markdown: string | null, files?: readonly SharedFile[]): void {
      editComments(ticketId, (comment) => {
        if (comment.id !== commentId) return comment;
        return markdown === null ? null : { ...comment, markdown, files: files ?? comment.files };
      });
    },
    attach(ticketId: string, name: string, content: string): SharedFile {
      const id = `a${next()}`;
      change(ticketId, { files: [...find(ticketId).files, { id, name, content }] });
      return { name, ref: id, mimeType: null, bytes: content.length };
    },
    change,
    resolve(ticketId: string, resolution = 'Done'): void {
      change(ticketId, { status: { name: 'Done', category: 'done' }, resolution });
    },
    remove: (ticketId: string) => void tickets.delete(ticketId),
    find,
    /** Our comments on the ticket, as they are now. */
    ours: (ticketId: string) => commentsOf(ticketId).flatMap(({ draft }) => (draft === null ? [] : [draft])),
    /** What our comments say, by their author's name. */
    said: (ticketId: string) =>
      state
        .ours(ticketId)
        .map(({ author, lines }) => [author, ...lines.map((line) => ('text' in line ? line.text : ''))]),
  };
  return { ...state, ticketing, tickets, faults, state };
}

function toOpen({ id, key, url }: OpenTicket): OpenTicket {
  return { id, key, url };
}

export function streamOf(content: string): FileStream {
  const stream = new Response(content).body as ReadableStream<Uint8Array>;
  return { stream, mimeType: null, bytes: content.length };
}

export interface Post {
  readonly ref: string;
  readonly address: Address;
  readonly turnId: string;
  readonly reply: Reply;
}

/** A chat platform that keeps what is posted, and has these files by their refs. */
export function createThreads(people: readonly Person[]) {
  const { state: faults, run } = createFaults();
  const { state: asked, platforms } = createChat(people);
  const known = platforms.get('slack')!;
  const posts = new Map<string, Post>();
  const shared: { readonly name: string; readonly content: string; readonly address: Address }[] = [];
  const files = new Map<string, string>();
  const removed: string[] = [];
  const places = { haveNoThreads: false };
  let number = 0;
  const put = (post: Omit<Post, 'ref'>): string => {
    number += 1;
    const ref = `${post.address.ref}/p${number}`;
    posts.set(ref, { ref, ...post });
    return ref;
  };
  const sharedId = (called: string, noted: readonly string[], text?: string): string | null => {
    const ids = shared.map((_, index) => `F${index}`);
    const isIt = (id: string, { name, content }: (typeof shared)[number]) =>
      name === called && (text === undefined || content === text) && !noted.includes(id) && !removed.includes(id);
    return ids.find((id, index) => isIt(id, shared[index]!)) ?? null;
  };
  const postOf = (turnId: string) => [...posts.values()].findLast((post) => post.turnId === turnId)?.ref ?? null;
  const chat: ChatPlatform = {
    ...known,
    channelOf: ({ ref }) => ref.split('/')[1] ?? '',
    hasNoThreads: () => places.haveNoThreads,
    post: (address, { turnId, reply, again }) =>
      run('post', () => (again ? postOf(turnId) : null) ?? put({ address, turnId, reply })),
    findPost: (_, turnId) => run('findPost', () => postOf(turnId)),
    update: (_, postRef, reply) =>
      run('update', () => {
        const post = posts.get(postRef);
        if (post === undefined) throw refused;
        posts.set(postRef, { ...post, reply });
      }),
    remove: (_, postRef) => run('remove', () => void posts.delete(postRef)),
    async shareFile(address, { file, content, again, known: noted }) {
      const text = await new Response(content.stream).text();
      return run('shareFile', () => {
        const there = again ? sharedId(file.name, noted, text) : null;
        return there ?? `F${shared.push({ name: file.name, content: text, address }) - 1}`;
      });
    },
    findFile: (_, { file, known: noted }) => run('findFile', () => sharedId(file.name, noted)),
    removeFile: (fileId) => run('removeFile', () => void removed.push(fileId)),
    openFile: (file) =>
      run('openFile', () => {
        const content = files.get(file.ref ?? '');
        return content === undefined ? null : streamOf(content);
      }),
    startIn: (channel, { turnId, reply, again }) =>
      run('startIn', () => {
        const earlier = again ? postOf(turnId) : null;
        const address = { platform: 'slack', ref: `T1/${channel}/${turnId}` } as const;
        return { address, messageId: address.ref, postRef: earlier ?? put({ address, turnId, reply }) };
      }),
  };
  return { chat, places, posts, shared, removed, files, faults, asked, platforms: new Map([['slack', chat] as const]) };
}

export const rita = colleague('rita', { name: 'Rita' });
export const tom = colleague('tom', { name: 'Tom' });

/** A request with its ticket. */
export interface Request {
  readonly conversationId: string;
  readonly address: Address;
  /** '' while it is not made. */
  readonly ticketId: string;
  /** The last turn of the description. */
  readonly throughTurnId: string;
}

export interface TicketDesk extends Desk {
  readonly system: ReturnType<typeof createTicketSystem>;
  readonly threads: ReturnType<typeof createThreads>;
  readonly deps: EscalationDeps;
  /** What time it is. */
  readonly time: { now: Date };
  /** A question of Rita's that was handed over. `made` false: there is no ticket yet. */
  request(asked?: Partial<Message> & { made?: boolean }): Promise<Request>;
  /** Says something in the thread of the request. */
  add(request: Request, message: Partial<Message>): Promise<string>;
  /** Writes a turn of ours, such as news; `stage` and `once` as in the store. */
  news(request: Request, decision: Decision, stage?: 'thread' | 'triage'): Promise<string>;
  /** Takes away whatever jobs wait. */
  calm(): Promise<void>;
}

export async function openTicketDesk(): Promise<TicketDesk> {
  const desk = await openDesk();
  const system = createTicketSystem();
  const threads = createThreads([rita, tom, colleague('ben', { name: 'Ben Ito' })]);
  const time = { now: at };
  let number = 0;
  const { store } = desk;
  const deps: EscalationDeps = {
    store,
    platforms: threads.platforms,
    ticketing: system.ticketing,
    answerAt: 0.9,
    routing: NO_ROUTING,
    limits: { largestBytes: 1_000_000, refusedTypes: ['exe'] },
    hours: null,
    showsCards: false,
    clock: () => time.now,
  };
  const said = { place: 'channel', authorRef: rita.ref } as const;
  return {
    ...desk,
    system,
    threads,
    deps,
    time,
    async request({ made = true, ...asked } = {}) {
      const conversationId = await desk.say({ ...said, text: 'my vpn drops', ...asked });
      const { version, turns, address, name } = await store.conversations.load(conversationId);
      const throughTurnId = turns.at(-1)!.id;
      const decision: Decision = { kind: 'escalate', reason: 'unsure', grounds: NOTHING_SEARCHED };
      const record = { conversationId, version, handledThrough: throughTurnId, decision, text: '', at };
      await store.conversations.recordDecision(record);
      await store.tickets.open({ conversationId, reason: 'unsure', throughTurnId, at });
      const request = { conversationId, address, throughTurnId, ticketId: '' };
      if (!made) return request;
      const ticket = await system.ticketing.ensureTicket(aDraft(name));
      await store.tickets.recordCreated(conversationId, ticket);
      return { ...request, ticketId: ticket.id };
    },
    async add({ address, conversationId }, message) {
      await desk.say({ ...said, text: '', addressed: false, address, ...message });
      return (await store.conversations.load(conversationId)).turns.at(-1)!.id;
    },
    async news({ conversationId }, decision, stage = 'thread') {
      number += 1;
      const news = { conversationId, decision, text: '', at, once: `news ${number}`, stage };
      return (await store.conversations.recordNews(news))!.turnId;
    },
    async calm() {
      await desk.database.knex('pgboss.job').where({ state: 'created' }).del();
      system.faults.calls.length = 0;
      threads.faults.calls.length = 0;
    },
  };
}

function aDraft(conversation: string): TicketDraft {
  return {
    conversation,
    summary: 'my vpn drops',
    body: [{ heading: 'Question', lines: [{ kind: 'quote', text: 'my vpn drops' }] }],
    requester: { name: rita.name, email: rita.email },
    labels: ['unsure'],
    route: NO_ROUTE,
    urgency: null,
    continues: null,
    triedAt: null,
    mayCreate: true,
  };
}

export function sharedFile(name: string, fields: Partial<SharedFile> = {}): SharedFile {
  return { name, ref: `F-${name}`, mimeType: null, bytes: 4, ...fields };
}
