const endings = /(?:ations?|ments?|ings?|ied|ies|ed|es|ers?|ly|s)$/u;

/** A word without what grammar adds, by a coarse rule that is the same for all: `disconnecting` and `disconnected` meet. */
export function stemOf(word: string): string {
  const plain = word.toLowerCase().replaceAll(/[-'’]/gu, '');
  // nothing is taken from codes and short words, of which too little would be left
  if (plain.length < 5 || /\d/.test(plain)) return plain.length === 4 ? plain.replace(/s$/u, '') : plain;
  const stem = plain.replace(endings, '');
  if (stem.length < 3) return plain;
  return stem.replace(/([bdgmnprt])\1$/u, '$1').replace(/[ei]$/u, '');
}
