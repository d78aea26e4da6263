import type { webApi } from '@slack/bolt';
import type { ChatPlatform } from '#chat-ports.ts';
import { call, expecting } from './call.ts';
import { openFile } from './download.ts';
import type { Identity } from './identity.ts';
import { findFile, shareFile } from './upload.ts';

export type SlackFiles = Pick<ChatPlatform, 'openFile' | 'shareFile' | 'findFile' | 'removeFile'>;

interface FilesParts {
  readonly botToken: string;
  /** Base of the Web API. Files at the same origin may come without https: that is the server of a test. */
  readonly apiUrl: string;
  readonly identify: () => Promise<Identity>;
}

/** Files of threads, in and out, streamed. */
export function createFiles(client: webApi.WebClient, { botToken, apiUrl, identify }: FilesParts): SlackFiles {
  const { origin } = new URL(apiUrl);
  return {
    openFile: (file) => openFile(client, file, { botToken, origin }),
    findFile: (address, wanted) => findFile(client, { address, ...wanted }, identify),
    removeFile: (fileId) => removeFile(client, fileId),
    shareFile: (address, shared) => shareFile(client, { address, ...shared }, { identify, origin }),
  };
}

/** https://docs.slack.dev/reference/methods/files.delete */
async function removeFile(client: webApi.WebClient, fileId: string): Promise<void> {
  await call('files.delete', () =>
    client.files
      .delete({ file: fileId })
      .catch((error: unknown) => expecting(error, ['file_not_found', 'file_deleted'], null)),
  );
}
