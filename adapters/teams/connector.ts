import type { TeamsChat } from './chat.ts';
import type { StreamRefusal } from './stream-refusal.ts';

/** An activity as we send it: plain JSON by the Bot Framework's Activity schema. No type of the SDK leaves sdk.ts. */
export type Outgoing = Readonly<Record<string, unknown>> & { readonly type: 'message' | 'typing' };

/**
 * The Bot Connector as the rest of the adapter sees it: one request each, never repeated by itself.
 * All verbs throw RemoteError and nothing else. `thread`: of a channel, the id of the thread's first message.
 */
export interface Connector {
  /** Returns the id of the new activity; '' when Teams tells none. */
  send(to: { readonly chat: TeamsChat; readonly thread: string | null }, activity: Outgoing): Promise<string>;
  /** The same with a part of a stream. What Teams refuses as such is told, and terminal; all else is thrown. */
  stream(to: { readonly chat: TeamsChat; readonly thread: string | null }, activity: Outgoing): Promise<StreamAnswer>;
  /** False: gone meanwhile (404), and mostly nobody misses the change. */
  update(to: Target, activity: Outgoing): Promise<boolean>;
  /** Gone already: none the worse. */
  remove(to: Target): Promise<void>;
  /** The personal chat with a member of the tenant; the same each time. `userId`: `29:…` */
  openPersonal(like: TeamsChat, userId: string): Promise<string>;
  /** A new thread in a channel, with its first post. Null: we are not there, or may not write there (404, 403). */
  openThread(channel: TeamsChat, activity: Outgoing): Promise<{ readonly thread: string } | null>;
  /** Null: not a member, or not known (404, 403). `userId`: `29:…`, or the Entra object id. */
  member(chat: TeamsChat, userId: string): Promise<TeamsMember | null>;
  /** Members, up to `most`; null when there are more, or when Teams does not tell (403, 404). */
  members(chat: TeamsChat, most: number): Promise<readonly TeamsMember[] | null>;
  /** The bot's own bearer, for files that Teams keeps. */
  bearer(): Promise<string | null>;
}

/** `id`: of the stream with its first part; '' with the others. */
export type StreamAnswer =
  | { readonly kind: 'taken'; readonly id: string }
  | { readonly kind: 'over'; readonly why: StreamRefusal };

interface Target {
  readonly chat: TeamsChat;
  readonly thread: string | null;
  readonly activityId: string;
}

/** https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/get-teams-context */
export interface TeamsMember {
  /** `29:…` */
  readonly id: string;
  readonly aadObjectId: string | null;
  readonly name: string;
  readonly email: string | null;
  readonly userPrincipalName: string | null;
  readonly tenantId: string | null;
  /** `user`, `guest`, `anonymous`, … */
  readonly userRole: string | null;
}
