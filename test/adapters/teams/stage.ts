import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTeams } from '../../../adapters/teams/index.ts';
import type { TeamsSandbox } from '../../../sandbox/teams/contract.ts';
import { startTeams } from '../../../sandbox/teams/index.ts';
import { createRecordingInbox, type RecordingInbox } from '../../contracts/chat-inbox.ts';
import { createMemoryNotes } from '../../contracts/chat-notes.ts';
import { createRecordingLog } from '../slack/doubles.ts';
import type { ChatPlatform, PlatformNotes } from '#chat-ports.ts';

/** The adapter on its webhook, with a Teams of two people beside it. */
export interface Stage {
  readonly sandbox: TeamsSandbox;
  readonly platform: ChatPlatform;
  readonly inbox: RecordingInbox;
  readonly notes: PlatformNotes;
  readonly log: ReturnType<typeof createRecordingLog>;
  readonly url: string;
  readonly close: () => Promise<void>;
}

export const ana = 'U0ANA0001';
export const ben = 'U0BEN0001';

type Settings = Parameters<typeof createTeams>[0];

export async function openStage(changed: (sandbox: TeamsSandbox) => Partial<Settings> = () => ({})): Promise<Stage> {
  const sandbox = await startTeams({
    people: [
      { slackId: ana, name: 'Ana Silva', email: 'ana@northwind.example' },
      { slackId: ben, name: 'Ben Cole', email: 'ben@northwind.example' },
    ],
    channels: [{ id: 'C0HELP001', name: 'help-it', members: 'all' }],
    company: 'Northwind',
    retrySchedule: [0, 0, 0],
  });
  const [inbox, notes, log] = [createRecordingInbox(), createMemoryNotes(), createRecordingLog()];
  const settings: Settings = { ...settingsOf(sandbox), ...changed(sandbox) };
  const platform = createTeams(settings, { inbox, notes, log, clock: () => new Date() });
  const server = http.createServer((request, response) => platform.webhook?.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`;
  return {
    sandbox,
    platform,
    inbox,
    notes,
    log,
    url,
    async close() {
      await sandbox.close();
      await platform.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function settingsOf(sandbox: TeamsSandbox): Settings {
  const { appId, appPassword, tenantId, openIdMetadataUrl, loginUrl, serviceUrl, url } = sandbox;
  return {
    appId,
    tenantId,
    credentials: { kind: 'secret', secret: appPassword },
    allowedTenants: [tenantId],
    serviceHosts: [new URL(serviceUrl).host],
    openIdMetadataUrl,
    loginUrl,
    webUrl: url,
  };
}

/** Waits until it is so. @throws Error after five seconds. */
export async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 5000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error('it did not happen');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
