import { createContext, useContext } from '../view.js';

/** The files that a document's media nodes name, by their media id; each as the page shows files. */
export const DocumentFiles = createContext(new Map());

/** The file that a media node shows, with the node's own size; null when it is not known. */
export function useFileOf(node) {
  const files = useContext(DocumentFiles);
  const { id, width, height } = node.attrs ?? {};
  const file = files.get(id);
  return file === undefined ? null : { ...file, original_w: width, original_h: height };
}
