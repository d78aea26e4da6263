import { accountIdOf } from './link.ts';
import { elementsNamed, type XmlElement } from './xml.ts';

/** Account ids of everybody who is mentioned, each once. */
export function mentionsOf(root: XmlElement): readonly string[] {
  const ids = elementsNamed('ri:user', [root]).map(({ attributes }) => accountIdOf(attributes));
  return [...new Set(ids.filter((id) => id !== null))];
}
