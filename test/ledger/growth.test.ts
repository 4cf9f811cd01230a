import { growthLaws } from '../support/growth-laws';

// A month: enough that PostgreSQL chooses its ways as after years; those are in test/long.
growthLaws(20, 240_000);
