import { html, type TemplateResult } from 'lit';
import { isKnown } from '../core/forecast/outlook.js';
import type { WorkSum } from '../core/forecast/settle-work.js';
import { flatId } from '../core/graph/flat-places.js';
import { flatten } from '../core/graph/flatten.js';
import type { NodeId } from '../core/graph/types.js';
import { formatBytes, formatDuration } from '../editor/draw-status.js';
import { texts } from '../texts/texts.js';
import type { ForecastFigure, ForecastRow, ForecastSheet } from '../ui/cw-forecast.js';
import type { Application } from './application.js';
import type { AppState } from './app-state.js';
import { outputNote } from './forecast-note.js';
import { lazily } from './lazily.js';
import { isRefused, peakBytes, type RunForecast } from './run-outlook.js';
import { timeOf } from './run-speeds.js';
import { deviceInfo, flatTitle } from './view-models.js';
import { wholeGraph } from './whole-graph.js';

/** The whole forecast in words; of one node alone when it is named. */
export function forecastSheet(
  { registry }: Pick<Application, 'registry'>,
  state: AppState,
): ForecastSheet | undefined {
  const { forecast } = state;
  if (!forecast) return undefined;
  const whole = wholeGraph(state);
  const { nodes } = flatten(whole);
  const rows = forecast.outlook.order
    .filter((id) => forecast.needed.has(id) && nodes[id])
    .filter((id) => registry.get(nodes[id]?.type ?? '')?.outputNode !== true)
    .map((id) => rowOf(state, forecast, id, flatTitle(whole, registry, id)));
  return { figures: figuresOf(state, forecast), warnings: misfitTexts(forecast), rows };
}

/** The forecast of one node in words; undefined when nothing is to be told. */
export function nodeForecastRow(
  { titleOf }: Pick<Application, 'titleOf'>,
  state: AppState,
  id: NodeId,
): ForecastRow | undefined {
  const { forecast, path } = state;
  const at = flatId(path, id);
  return forecast?.outlook.nodes.has(at) ? rowOf(state, forecast, at, titleOf(id)) : undefined;
}

/** The limits that a run would go over, each with its numbers and the remedy. */
export function misfitTexts({ misfits }: RunForecast): readonly string[] {
  const words = texts().forecast;
  return misfits.map(({ limit, needBytes, hasBytes }) => {
    const figures = [formatBytes(needBytes), formatBytes(hasBytes)] as const;
    return `${words.misfit(words.limits[limit], ...figures)} ${words.misfitRemedies[limit]}`;
  });
}

function rowOf(state: AppState, forecast: RunForecast, id: NodeId, title: string): ForecastRow {
  const words = texts().forecast;
  const node = forecast.outlook.nodes.get(id);
  const work = forecast.work.nodes.get(id);
  const time = work && timeOf(work, state.device?.provider ?? '', state.settings.speeds);
  return {
    id,
    title,
    outputs: [...(node?.outputs ?? [])].map(([name, output]) => ({
      name,
      text: isKnown(output) ? (outputNote(output) ?? words.shared) : words.unknown(output.unknown),
    })),
    bytes: node && node.byteLength > 0 ? formatBytes(node.byteLength) : words.none,
    passes: node && node.times > 1 ? words.passes(String(node.times)) : '',
    work: work ? workText(work) : words.none,
    time: time ? formatDuration(time.seconds * 1000) : words.none,
  };
}

function workText(work: ReadonlyMap<string, WorkSum>): string {
  const words = texts().forecast;
  return words.otherText(
    [...work].map(([unit, { equivalents }]) => {
      const [network = ''] = unit.split(' ');
      return words.units[network]?.(number(equivalents)) ?? `${network} ${number(equivalents)}×`;
    }),
  );
}

function number(value: number): string {
  // Sums of shares are whole but for their last digits.
  const tenths = Math.round(10 * value) / 10;
  return Number.isInteger(tenths) ? String(tenths) : tenths.toFixed(1);
}

function figuresOf(state: AppState, forecast: RunForecast): readonly ForecastFigure[] {
  const words = texts().forecast;
  const { total } = forecast.work;
  const unet = [...total].filter(([unit]) => unit.startsWith('unet '));
  const others = new Map([...total].filter(([unit]) => !unit.startsWith('unet ')));
  const sum = (of: (work: WorkSum) => number) => unet.reduce((all, [, work]) => all + of(work), 0);
  const { memory } = forecast;
  const parts = (['weights', 'bank', 'results', 'grown', 'scratch'] as const)
    .filter((part) => memory[part] > 0)
    .map((part) => ({ label: words.parts[part], text: formatBytes(memory[part]) }));
  return [
    {
      label: words.work,
      text: words.workText(
        number(sum(({ equivalents }) => equivalents)),
        number(sum(({ samples }) => samples)),
        number(sum(({ pairs }) => pairs)),
      ),
    },
    ...(others.size > 0 ? [{ label: words.other, text: workText(others) }] : []),
    { label: words.time, text: timeText(state, total) },
    { label: words.memory, text: words.memoryText(formatBytes(peakBytes(memory))), parts },
  ];
}

function timeText({ device, settings }: AppState, total: ReadonlyMap<string, WorkSum>): string {
  const words = texts().forecast;
  const where = device ? deviceInfo(device).label : '';
  const time = timeOf(total, device?.provider ?? '', settings.speeds);
  if (!time) return words.timeUnknown(where);
  const duration = formatDuration(time.seconds * 1000);
  return time.isPartial ? words.timePartly(duration, where) : words.timeText(duration, where);
}

/** The question that is asked before a run that will not fit. */
export function renderMisfit(
  application: Application,
  _state: AppState,
  close: () => void,
): TemplateResult {
  lazily(application, () => import('../ui/cw-misfit-dialog.js'));
  const asked = application.forecast.asked();
  const answer = (isWanted: boolean): void => {
    close();
    application.forecast.answer(isWanted);
  };
  return html`<cw-misfit-dialog
    .reasons=${asked ? misfitTexts(asked) : []}
    .isRefused=${asked !== undefined && isRefused(asked)}
    @cw-close=${() => {
      answer(false);
    }}
    @cw-pick=${() => {
      answer(true);
    }}
  ></cw-misfit-dialog>`;
}
