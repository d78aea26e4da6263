import type { Random } from './random.ts';

/** Draws vectors of length 1 as an embedding model would give them to the texts of a company, all for one seed alike. */
export interface Clustered {
  /** Of some text; of the first few themes, if so many are named. */
  vector(ofThemes?: number): Float32Array;
  readonly dimensions: number;
}

/** Themes of a company's texts. */
const themes = 500;
/** Directions in which texts differ at all: by far fewer than the numbers they are told in. */
const directions = 96;
/** How far a text is from the middle of its theme, beside how far themes are from each other. */
const withinTheme = 0.55;
/** What all texts have in common; real models give any two texts a cosine well above 0. */
const common = 0.6;
/** What is left of a text beside all that, in no direction in particular. */
const noise = 0.12;

/**
 * A mixture, because uniform random vectors are all equally far from each other, and nothing that is measured on them
 * holds for texts: a theme, a text of it, both spread over few directions of which the first count most (the spectrum
 * falls as that of real models does), turned at random into the space, a part that all share, and a little noise.
 * `intrinsicDimension` tells how it came out; texts under models of today have about 15 to 40.
 */
export function clustered(random: Random, dimensions: number): Clustered {
  const normal = normals(random);
  const scale = (direction: number) => 1 / Math.sqrt(1 + direction / 6);
  const axes = Array.from({ length: directions }, () => unit(drawn(dimensions, normal)));
  const shared = unit(drawn(dimensions, normal));
  const middles = Array.from({ length: themes }, () => drawn(directions, normal));
  const size = Math.sqrt(Array.from({ length: directions }, (_, at) => scale(at) ** 2).reduce((a, b) => a + b, 0));
  return {
    dimensions,
    vector(ofThemes = themes) {
      const middle = middles[Math.floor(random() * ofThemes)] ?? new Float32Array(directions);
      const vector = new Float32Array(dimensions);
      const grain = noise / Math.sqrt(dimensions);
      for (let at = 0; at < dimensions; at += 1) vector[at] = common * (shared[at] ?? 0) + grain * normal();
      for (const [direction, axis] of axes.entries()) {
        const along = (((middle[direction] ?? 0) + withinTheme * normal()) * scale(direction)) / size;
        for (let at = 0; at < dimensions; at += 1) vector[at] = (vector[at] ?? 0) + along * (axis[at] ?? 0);
      }
      return unit(vector);
    },
  };
}

/**
 * By how two nearest neighbours' distances relate (Facco et al. 2017, https://doi.org/10.1038/s41598-017-11873-y).
 *
 * @param vectors each is compared with all others; as close together as those that are searched
 */
export function intrinsicDimension(vectors: readonly Float32Array[]): number {
  const ratios = vectors.map((vector) => {
    let [first, second] = [Infinity, Infinity];
    for (const other of vectors) {
      if (other === vector) continue;
      const distance = Math.sqrt(Math.max(0, 2 - 2 * dot(vector, other)));
      if (distance < first) [first, second] = [distance, first];
      else if (distance < second) second = distance;
    }
    return Math.log(second / first);
  });
  return ratios.length / ratios.reduce((sum, ratio) => sum + ratio, 0);
}

export function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector));
  return vector.map((value) => value / length);
}

function drawn(length: number, normal: () => number): Float32Array {
  return Float32Array.from({ length }, normal);
}

/** Box and Muller's, both of a pair. */
function normals(random: Random): () => number {
  let kept: number | null = null;
  return () => {
    if (kept !== null) {
      const value = kept;
      kept = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    kept = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
