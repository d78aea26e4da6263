/** A stretch of a text, and what is to stand there. */
export interface Place {
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

/** What is to be replaced in a text. */
export type Pass = (text: string) => readonly Place[];

/** A text in pieces: where each of them ends. */
export interface Draft {
  readonly text: string;
  readonly ends: readonly number[];
}

export function draftOf(pieces: readonly string[]): Draft {
  let end = 0;
  const ends = pieces.map((piece) => (end += piece.length));
  return { text: pieces.join(''), ends };
}

export function piecesOf({ text, ends }: Draft): readonly string[] {
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

/** The draft after a pass. What crosses pieces is replaced in the piece in which it begins. Of places that overlap the first counts. */
export function afterPass(draft: Draft, pass: Pass): Draft {
  const places = apart(pass(draft.text));
  if (places.length === 0) return draft;
  const parts: string[] = [];
  let [end, length] = [0, 0];
  const ends: number[] = [];
  const endPiecesUpTo = (limit: number, at: (pieceEnd: number) => number) => {
    for (let next = draft.ends[ends.length]; next !== undefined && next <= limit; next = draft.ends[ends.length]) {
      ends.push(at(next));
    }
  };
  const keep = (to: number) => {
    const [start, shift] = [end, length];
    endPiecesUpTo(to, (pieceEnd) => shift + pieceEnd - start);
    parts.push(draft.text.slice(end, to));
    length += to - end;
  };
  for (const { from, to, by } of places) {
    keep(from);
    parts.push(by);
    length += by.length;
    // what ends within the place ends behind what stands for it
    endPiecesUpTo(to, () => length);
    end = to;
  }
  keep(draft.text.length);
  return { text: parts.join(''), ends };
}

function apart(places: readonly Place[]): readonly Place[] {
  let end = 0;
  return places
    .filter(({ from, to }) => to > from)
    .toSorted((a, b) => a.from - b.from)
    .filter(({ from, to }) => {
      const isApart = from >= end;
      if (isApart) end = to;
      return isApart;
    });
}

/** All that a pattern finds, but for its groups `lead` and `tail`, which stay. */
export function stretches(
  text: string,
  pattern: RegExp,
  { by, isOne = () => true }: { by: string; isOne?: (match: RegExpExecArray) => boolean },
): readonly Place[] {
  return Array.from(text.matchAll(pattern)).flatMap((match) => {
    const { lead = '', tail = '' } = match.groups ?? {};
    const place = { from: match.index + lead.length, to: match.index + match[0].length - tail.length, by };
    return isOne(match) ? [place] : [];
  });
}
