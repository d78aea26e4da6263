import { ApiError } from '../api-error.ts';
import { findProblems } from '../block-kit/index.ts';
import type { Arguments } from './arguments.ts';
import type { Backend, Methods } from './backend.ts';

/** https://docs.slack.dev/reference/methods?family=views and …/blocks.validate */
export const views: Methods = {
  'views.open': { scopes: [], run: (args, backend) => open(args, backend, 'new') },
  'views.push': { scopes: [], run: (args, backend) => open(args, backend, 'stack') },
  'views.publish': { scopes: [], run: publish },
  'views.update': { scopes: [], run: update },
  'blocks.validate': { scopes: [], run: validate },
};

function viewOf(args: Arguments): unknown {
  return args.nested('view', 'invalid_arguments');
}

function open(args: Arguments, backend: Backend, onto: 'new' | 'stack') {
  const user = backend.triggers.exchange(args.required('trigger_id'));
  return { view: backend.views.open(user, viewOf(args), onto) };
}

function publish(args: Arguments, backend: Backend) {
  const user = args.required('user_id');
  if (backend.workspace.roster.person(user) === null) throw new ApiError('user_not_found');
  return { view: backend.views.publish(user, viewOf(args), args.text('hash')) };
}

function update(args: Arguments, { views: all }: Backend) {
  const externalId = args.text('external_id');
  const found = externalId === null ? all.find(args.required('view_id')) : all.findByExternalId(externalId);
  if (found === null) throw new ApiError('not_found');
  return { view: all.update(found, viewOf(args), args.text('hash')) };
}

function validate(args: Arguments) {
  const blocks = args.nested('blocks', 'invalid_blocks_format');
  const view = args.nested('view', 'invalid_arguments');
  const problems = findProblems(view === undefined ? 'blocks' : 'view', view ?? blocks);
  if (problems.length > 0) {
    throw new ApiError('invalid_blocks', {
      errors: problems.map((problem) => ({ ...problem, code: 'failed_constraint' })),
    });
  }
  return {};
}
