import { ApiError, invalidArguments } from '../api-error.ts';
import { isRecord } from '../block-kit/shape.ts';
import { deleteFile } from '../file-removal.ts';
import { readsFile } from '../file-readers.ts';
import type { Json } from '../messages.ts';
import type { Arguments } from './arguments.ts';
import { appAuthor, joinedChannel, type Backend, type Methods } from './backend.ts';
import { inThread, threadOf } from './chat.ts';
import { readList } from './content.ts';

/** Methods of https://docs.slack.dev/reference/methods?family=files */
export const files: Methods = {
  'files.info': { scopes: ['files:read'], run: info },
  'files.delete': { scopes: ['files:write'], run: remove },
  'files.getUploadURLExternal': { scopes: ['files:write'], run: getUploadUrl },
  'files.completeUploadExternal': { scopes: ['files:write'], run: completeUpload },
};

function info(args: Arguments, backend: Backend) {
  const file = visibleFile(args, backend);
  return { file, comments: [], response_metadata: { next_cursor: '' } };
}

/** https://docs.slack.dev/reference/methods/files.delete */
function remove(args: Arguments, backend: Backend) {
  const { id, user } = visibleFile(args, backend);
  if (user !== backend.installation.botUserId) throw new ApiError('cant_delete_file');
  deleteFile(backend, String(id));
  return {};
}

/** @throws ApiError `file_deleted` where its tombstone can be seen, else `file_not_found`. */
function visibleFile(args: Arguments, backend: Backend): Json {
  const id = args.required('file');
  const { workspace, installation } = backend;
  const found = backend.file(id);
  if (found !== null) return found;
  throw new ApiError(readsFile(workspace, installation.botUserId, id) ? 'file_deleted' : 'file_not_found');
}

/** https://docs.slack.dev/reference/methods/files.getUploadURLExternal */
function getUploadUrl(args: Arguments, { incoming }: Backend) {
  const name = args.required('filename');
  const length = Number(args.required('length'));
  if (!Number.isInteger(length) || length < 1) throw invalidArguments('must be more than 0 [json-pointer:/length]');
  const { id, url } = incoming.reserve({ name, bytes: length });
  return { upload_url: url, file_id: id };
}

/** https://docs.slack.dev/reference/methods/files.completeUploadExternal */
function completeUpload(args: Arguments, backend: Backend) {
  const ids = readList(args, 'files', 100).map((file) => (isRecord(file) ? file['id'] : undefined));
  if (ids.length === 0) throw invalidArguments('missing required field: files');
  const channelId = args.text('channel_id');
  const channel = channelId === null ? null : joinedChannel(channelId, backend);
  if (channel?.isArchived === true) throw new ApiError('is_archived');
  const thread = channel === null ? null : threadOf(channel, args.text('thread_ts'), backend);
  const files = ids.map((id) => backend.incoming.complete(String(id)));
  if (channel !== null) {
    const text = args.text('initial_comment') ?? '';
    const author = appAuthor(backend.installation);
    backend.workspace.post(channel.id, {
      ...author,
      text,
      subtype: 'file_share',
      files,
      ...inThread(thread),
    });
  }
  return { files: files.map(({ id, title }) => ({ id, title })) };
}
