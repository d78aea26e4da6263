import { spendingContract } from '../../contracts/spending.ts';

describe('money in the embedded database', () => {
  spendingContract(() => ({ dump: process.env['TEST_DUMP'] ?? '' }), { pools: 1 });
});
