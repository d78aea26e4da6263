import { ApiError } from '../api-error.ts';
import type { Arguments } from './arguments.ts';
import type { Backend, Methods } from './backend.ts';

/** Methods of https://docs.slack.dev/reference/methods?family=files */
export const files: Methods = {
  'files.info': { scopes: ['files:read'], run: info },
};

function info(args: Arguments, backend: Backend) {
  const file = backend.file(args.required('file'));
  if (file === null) throw new ApiError('file_not_found');
  return { file, comments: [], response_metadata: { next_cursor: '' } };
}
