/**
 * A pure function of a text that keeps what it came to: one check asks about the same few texts again and again. The
 * oldest are forgotten as soon as the texts that are kept have more than `most` characters together.
 */
export function remembered<T extends {}>(work: (text: string) => T, most: number): (text: string) => T {
  const known = new Map<string, T>();
  let characters = 0;
  return (text) => {
    const kept = known.get(text);
    if (kept !== undefined) return kept;
    const made = work(text);
    known.set(text, made);
    characters += text.length;
    for (const oldest of known.keys()) {
      if (characters <= most) break;
      known.delete(oldest);
      characters -= oldest.length;
    }
    return made;
  };
}
