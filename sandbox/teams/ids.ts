import { createHash } from 'node:crypto';

/** What Teams calls people, chats and the app. Always made the same way, so that what is stored stays true after a restart. */
export const appId = '6c9d2f10-4b7e-4a35-9c1d-7f2a8e5b3d64';
export const tenantId = '0f4b8c26-93d1-4e7a-8a52-b6c1d0e9f738';
export const botId = `28:${appId}`;

export function aadIdOf(slackId: string): string {
  const hex = digest(`aad/${slackId}`);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

export function userIdOf(slackId: string): string {
  return `29:1${base64(`user/${slackId}`)}`;
}

export function personalChatOf(slackId: string): string {
  return `a:1${base64(`personal/${slackId}`)}`;
}

export function channelIdOf(seedId: string): string {
  return `19:${digest(`channel/${seedId}`).slice(0, 32)}@thread.tacv2`;
}

export function groupIdOf(seedId: string): string {
  return `19:${digest(`group/${seedId}`).slice(0, 32)}@thread.v2`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function base64(text: string): string {
  return createHash('sha512').update(text).digest('base64url').replaceAll('-', '_').slice(0, 60);
}
