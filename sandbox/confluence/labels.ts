import { stableId } from './control.ts';

/** The schema Label of version 2. A label's id is made of its name. */
export function labelBean(name: string) {
  return { id: stableId(`label/${name}`), name, prefix: 'global' };
}

/** The schema Label of version 1. */
export function v1LabelBean(name: string) {
  return { ...labelBean(name), label: name };
}
