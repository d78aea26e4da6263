import { isRecord } from './block-kit/shape.ts';
import type { Json } from './messages.ts';

/** The message that a request to the app is about. */
export interface About {
  /** `message`, `message_changed`, `app_mention`, `block_actions` … */
  readonly type: string;
  readonly channel: string;
  readonly ts: string;
  /** Of a click: when it was made, which is part of what the app knows it by. */
  readonly actionTs: string | null;
}

/** What this event or interaction is about; null when it is not about a message. */
export function aboutOf(body: Json): About | null {
  return isRecord(body['event']) ? ofEvent(body['event']) : ofInteraction(body);
}

function ofEvent(event: Json): About | null {
  const { channel } = event;
  const ts = text(event['deleted_ts']) ?? text(inner(event, 'message', 'ts')) ?? text(event['ts']);
  const type = text(event['subtype']) ?? text(event['type']);
  return typeof channel === 'string' && ts !== null ? { type: type ?? '', channel, ts, actionTs: null } : null;
}

function ofInteraction(payload: Json): About | null {
  const channel = text(inner(payload, 'channel', 'id'));
  const ts = text(inner(payload, 'message', 'ts'));
  if (channel === null || ts === null) return null;
  const [action]: unknown[] = Array.isArray(payload['actions']) ? payload['actions'] : [];
  const actionTs = isRecord(action) ? text(action['action_ts']) : null;
  return { type: text(payload['type']) ?? '', channel, ts, actionTs };
}

function inner(value: Json, name: string, field: string): unknown {
  const part = value[name];
  return isRecord(part) ? part[field] : undefined;
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
