import type { SafetensorsFile } from '../safetensors.js';
import type { WeightTable } from '../weight-table.js';

/** One network opened and not yet loaded: its config, and where its weights lie. */
export interface OpenNetwork {
  readonly config: unknown;
  /** The file that messages about the config name. */
  readonly configFile: string;
  readonly table: WeightTable;
  readonly files: readonly SafetensorsFile[];
}
