import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import selfSegmentationMask from '../../../nodes/mask/self-segmentation-mask.js';
import { AppError } from '../../../src/core/errors.js';
import { modelPath } from './model-library.js';
import { places } from './project.js';

/** Widgets of SelfSegmentationMask that a model's attention asks for. */
export interface MaskSettings {
  readonly clusters: number;
  readonly threshold: number;
}

/** The file of a model's folder that says what the model wants. */
const FILE = 'crossweave.json';

const { clusters, threshold } = selfSegmentationMask.inputs;

/** The node's defaults are the reference code's. */
const REFERENCE_MASK: MaskSettings = {
  clusters: clusters.default,
  threshold: threshold.default,
};

/**
 * How masks are cut for a model: as `mask` of the `crossweave.json` in its folder says, and as the reference code does where
 * there is no such file, as for single files and addresses. @throws AppError `model/invalid` when the file says nothing that
 * the node takes.
 */
export async function maskSettingsOf(model: string): Promise<MaskSettings> {
  const file = join(modelPath(model, { cwd: process.cwd(), models: places.models }), FILE);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    if (isAbsence(cause)) return undefined;
    throw invalid('The file cannot be read.', cause);
  });
  return text === undefined ? REFERENCE_MASK : parseMask(text);
}

function isAbsence(cause: unknown): boolean {
  return (
    cause instanceof Error &&
    'code' in cause &&
    (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')
  );
}

function parseMask(text: string): MaskSettings {
  const mask = fieldOf(readJson(text), 'mask');
  if (mask === undefined) return REFERENCE_MASK;
  const number = (name: 'clusters' | 'threshold', isWhole: boolean): number => {
    const value = fieldOf(mask, name);
    const { min, max } = name === 'clusters' ? clusters : threshold;
    if (typeof value === 'number' && value >= min && value <= max) {
      if (!isWhole || Number.isInteger(value)) return value;
    }
    const kind = isWhole ? 'a whole number' : 'a number';
    throw invalid(`“mask.${name}” must be ${kind} from ${String(min)} to ${String(max)}.`);
  };
  return { clusters: number('clusters', true), threshold: number('threshold', false) };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid('The file is not JSON.', cause);
  }
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(name);
}

function invalid(reason: string, cause?: unknown): AppError {
  return new AppError({ code: 'model/invalid', file: FILE, reason }, { cause });
}
