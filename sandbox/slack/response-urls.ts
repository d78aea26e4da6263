import type { Answer, Call } from '../http.ts';
import { ApiError } from './api-error.ts';
import { newSecret } from './signing.ts';
import { readArguments, type Arguments } from './web-api/arguments.ts';
import { appAuthor } from './web-api/backend.ts';
import { readContent, type Content } from './web-api/content.ts';
import type { Workspace } from './workspace.ts';

/** https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
const maxUses = 5;
const lifetimeMs = 30 * 60_000;

/** Where a response_url leads: the place and the person of the interaction. `messageTs` is the message it came from. */
export interface ResponsePlace {
  readonly channelId: string;
  readonly userId: string;
  readonly messageTs: string | null;
}

export interface ResponseUrls {
  /** The path of a new response_url. */
  create(place: ResponsePlace): string;
  /** Null when the path is none of ours. */
  answer(call: Call): Answer | null;
}

/** @param now epoch milliseconds. */
export function createResponseUrls(workspace: Workspace, now: () => number): ResponseUrls {
  const given = new Map<string, ResponsePlace & { readonly atMs: number; uses: number }>();
  return {
    create(place) {
      const path = `/actions/${workspace.installation.teamId}/${now()}/${newSecret(12)}`;
      given.set(path, { ...place, atMs: now(), uses: 0 });
      return path;
    },
    answer(call) {
      if (!call.path.startsWith('/actions/')) return null;
      const place = given.get(call.path);
      if (place === undefined || now() - place.atMs > lifetimeMs) return refuse(404, 'expired_url');
      if (place.uses >= maxUses) return refuse(404, 'used_url');
      place.uses += 1;
      try {
        respond(readArguments(call), place, workspace);
        return { status: 200, body: { ok: true } };
      } catch (error) {
        if (error instanceof ApiError) return refuse(400, error.code);
        throw error;
      }
    },
  };
}

function refuse(status: number, error: string): Answer {
  return { status, body: { ok: false, error } };
}

function respond(args: Arguments, place: ResponsePlace, workspace: Workspace): void {
  const { channelId, messageTs, userId } = place;
  if (args.flag('delete_original') && messageTs !== null) {
    const isWhisper = workspace.changeWhisper(channelId, { ts: messageTs, forUser: userId }, () => null);
    if (!isWhisper) workspace.remove(channelId, messageTs);
    return;
  }
  const content = readContent(args);
  if (args.flag('replace_original') && replace(workspace, place, content)) return;
  const threadTs = args.text('thread_ts');
  const draft = {
    ...appAuthor(workspace.installation),
    ...content,
    ...(threadTs === null ? {} : { thread_ts: threadTs }),
  };
  if (args.text('response_type') === 'in_channel') workspace.post(channelId, draft);
  else workspace.whisper(channelId, draft, userId);
}

/** False when there is no message to put it in the place of. */
function replace(workspace: Workspace, { channelId, userId, messageTs }: ResponsePlace, content: Content): boolean {
  if (messageTs === null) return false;
  const isWhisper = workspace.changeWhisper(channelId, { ts: messageTs, forUser: userId }, (old) => {
    const { blocks: _replaced, ...kept } = old;
    return { ...kept, ...content };
  });
  if (isWhisper) return true;
  const changed = workspace.change(channelId, messageTs, ({ blocks: _replaced, ...old }) => ({ ...old, ...content }));
  return changed !== null;
}
