import { AppError } from '../../errors.js';

/** One step up of the file format: pure, from version `to - 1` to version `to`. */
export interface FormatMigration {
  readonly to: number;
  readonly migrate: (
    document: Readonly<Record<string, unknown>>,
  ) => Readonly<Record<string, unknown>>;
}

/**
 * The steps from version 1, which was released first, to the present one: one file beside this one a step,
 * named `002-<what>.ts` and so on.
 */
const formatLadder: readonly FormatMigration[] = [];

/** The version of the file format that this program writes. */
export const formatVersion = 1 + formatLadder.length;

/**
 * Brings a document of any released version up the ladder.
 * @throws AppError `document/too-new` for a version above the last step, `document/invalid` for none at all.
 */
export function migrateFormat(
  document: Readonly<Record<string, unknown>>,
  ladder: readonly FormatMigration[] = formatLadder,
): Readonly<Record<string, unknown>> {
  const { version } = document as { readonly version?: unknown };
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    const reason = 'it has no version number';
    throw new AppError({ code: 'document/invalid', reason, path: 'version' });
  }
  const supported = 1 + ladder.length;
  if (version > supported) {
    throw new AppError({ code: 'document/too-new', found: version, supported });
  }
  let current = document;
  for (const { to, migrate } of ladder) {
    if (to > version) current = { ...migrate(current), version: to };
  }
  return current;
}
