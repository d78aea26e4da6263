import { randomUUID } from 'node:crypto';
import type { Channel } from './channels.ts';
import type { Draft, Json, Message } from './messages.ts';
import { newId } from './signing.ts';
import { encodeTyped, richText } from './text.ts';
import { isReply } from './timeline.ts';
import { fileObject, type Upload, type Uploads } from './uploads.ts';
import type { Workspace } from './workspace.ts';

/** A message that a person sends. */
export interface Said {
  readonly as: string;
  readonly channel: string;
  readonly text: string;
  readonly threadTs?: string;
  /** Ids of uploads, or files that are named without being there. */
  readonly files?: readonly (string | { readonly name: string; readonly mimetype: string; readonly size: number })[];
}

/** What people do with messages in Slack's client. Each throws an Error that says what is not allowed. */
export interface Typing {
  say(said: Said): string;
  sayRaw(said: Said): string;
  edit(change: { as: string; channel: string; ts: string; text: string }): void;
  remove(change: { as: string; channel: string; ts: string }): void;
}

/** @param url the server's own address, at which files are found. */
export function createTyping(workspace: Workspace, uploads: Uploads, url: string): Typing {
  function shownFile(as: string, file: NonNullable<Said['files']>[number]): Json {
    const { installation } = workspace;
    if (typeof file !== 'string') return fileObject(withoutBytes(as, file), { installation, url });
    const upload = uploads.find(file);
    if (upload === null || upload.user !== as) throw new Error(`there is no file ${file} of ${as}`);
    return fileObject(upload, { installation, url });
  }
  function sayRaw(said: Said): string {
    const channel = channelOf(workspace, said.channel, said.as);
    if (channel.isArchived) throw new Error(`#${channel.name} is archived`);
    const thread = said.threadTs === undefined ? {} : threadOf(workspace, said.channel, said.threadTs);
    const files = (said.files ?? []).map((file) => shownFile(said.as, file));
    const draft: Draft = {
      ...author(workspace, said.as),
      client_msg_id: randomUUID(),
      text: said.text,
      ...(said.text === '' ? {} : { blocks: [richText(said.text)] }),
      ...(files.length === 0 ? {} : { subtype: 'file_share', files, upload: false }),
      ...thread,
    };
    return workspace.post(channel.id, draft).ts;
  }

  return {
    sayRaw,
    say: (said) => sayRaw({ ...said, text: encode(workspace, said.text) }),
    edit({ as, channel, ts, text }) {
      ownMessage(workspace, { as, channel, ts });
      const encoded = encode(workspace, text);
      workspace.change(channel, ts, (message) => ({
        ...message,
        text: encoded,
        blocks: [richText(encoded)],
        edited: { user: as, ts: workspace.nextTs() },
      }));
    },
    remove(change) {
      ownMessage(workspace, change);
      workspace.remove(change.channel, change.ts);
    },
  };
}

/** A channel that this person is in. @throws Error */
export function channelOf(workspace: Workspace, channelId: string, userId: string): Channel {
  const channel = workspace.channels.find(channelId);
  if (channel === null) throw new Error(`there is no channel ${channelId}`);
  if (!channel.members.includes(userId)) throw new Error(`${userId} is not in ${channelId}`);
  return channel;
}

function author(workspace: Workspace, userId: string): Partial<Message> {
  const person = workspace.roster.person(userId);
  if (person === null) throw new Error(`there is no person ${userId}`);
  const { teamId } = workspace.installation;
  if (person.foreignTeamId === undefined) return { user: userId, team: teamId };
  return { user: userId, team: person.foreignTeamId };
}

function threadOf(workspace: Workspace, channelId: string, threadTs: string): Partial<Message> {
  const first = workspace.timeline(channelId).find(threadTs);
  if (first === null || isReply(first)) throw new Error(`${channelId} has no message ${threadTs} to reply to`);
  return { thread_ts: threadTs, ...(first.user === undefined ? {} : { parent_user_id: first.user }) };
}

function ownMessage(workspace: Workspace, at: { as: string; channel: string; ts: string }): void {
  const message = workspace.timeline(at.channel).find(at.ts);
  if (message === null) throw new Error(`${at.channel} has no message ${at.ts}`);
  if (message.user !== at.as) throw new Error(`message ${at.ts} is not by ${at.as}`);
}

function encode({ roster, installation, channels }: Workspace, text: string): string {
  const people = roster.people.map((person) => ({ id: person.slackId, name: person.name }));
  const bot = { id: installation.botUserId, name: installation.appName };
  return encodeTyped(text, { people: [...people, bot], channels: channels.all().filter(({ kind }) => kind !== 'dm') });
}

function withoutBytes(as: string, file: { name: string; mimetype: string; size: number }): Upload {
  return { ...file, id: newId('F0'), user: as, createdSeconds: Math.floor(Date.now() / 1000), image: null };
}
