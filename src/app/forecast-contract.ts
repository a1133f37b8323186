import type { NodeId } from '../core/graph/types.js';
import type { RunForecast } from './run-outlook.js';
import type { EndedRun } from './run-session.js';

/** Keeps what is known of the shown graph before it runs. */
export interface ForecastDesk {
  /** Calls `go` at once when the run seems to fit, else asks the user first. */
  guard(targets: readonly NodeId[] | undefined, go: () => void): void;
  /** The run that the user is asked about. */
  asked(): RunForecast | undefined;
  /** Carries out, or forgets, the run that the user was asked about. */
  answer(isWanted: boolean): void;
  /** Learns how fast this device is. */
  learn(ended: EndedRun): void;
  dispose(): void;
}

/** The name under which the dialog about a run that does not fit is opened. */
export const misfitDialog = 'run-misfit';
