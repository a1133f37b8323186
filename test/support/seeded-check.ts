import fc from 'fast-check';

declare const PROPERTY_SEED: string;

// The same cases on every machine, so that a check fails for a change and not by luck; `PROPERTY_SEED=N npm run test:unit`
// tries others.
fc.configureGlobal({ seed: Number(PROPERTY_SEED) });

export { fc };
