import { vectorsContract } from '../../contracts/vectors.ts';

describe('vectors in the embedded database', () => {
  vectorsContract(() => ({ dump: process.env['TEST_DUMP'] ?? '' }));
});
