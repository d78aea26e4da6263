import { storeContract } from '../../contracts/store.ts';

describe('the embedded database', () => {
  storeContract(() => ({ dump: process.env['TEST_DUMP'] ?? '' }));
});
