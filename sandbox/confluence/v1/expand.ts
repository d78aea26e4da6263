import { listParam, type Request } from '../api.ts';
import { badRequest } from '../refusal.ts';

/** What is asked to be expanded: the names, each with what is asked of it. */
export interface Expand {
  has(name: string): boolean;
  /** What is asked of it; nothing when it is not asked for itself. */
  of(name: string): Expand;
}

const maxDepth = 8;

/** `expand=space,restrictions.read.restrictions.user`. @throws Refusal 400 when it goes too deep. */
export function expandParam(request: Request, always: readonly string[] = []): Expand {
  const paths = listParam(request, 'expand').map((path) => path.split('.'));
  if (paths.some((parts) => parts.length > maxDepth)) {
    throw badRequest(`The maximum number of sub-expansions allowed is ${maxDepth}.`);
  }
  return expandOf([...always.map((path) => path.split('.')), ...paths]);
}

function expandOf(paths: readonly (readonly string[])[]): Expand {
  return {
    has: (name) => paths.some(([first]) => first === name),
    of: (name) =>
      expandOf(paths.filter(([first, second]) => first === name && second !== undefined).map((path) => path.slice(1))),
  };
}
