import { html, type TemplateResult } from 'lit';
import type { Application } from './application.js';
import type { AppState } from './app-state.js';
import { lazily } from './lazily.js';

/** The mask editor on the node whose id follows the dialog's name. */
export function renderMaskEditor(
  application: Application,
  { dialog }: AppState,
  close: () => void,
): TemplateResult {
  lazily(application, () => import('./cw-mask-desk.js'));
  return html`<cw-mask-desk
    .application=${application}
    .node=${dialog?.slice(dialog.indexOf(':') + 1) ?? ''}
    @cw-close=${close}
  ></cw-mask-desk>`;
}

/** The library of schedules. */
export function renderScheduleLibrary(
  application: Application,
  state: AppState,
  close: () => void,
): TemplateResult {
  lazily(application, () => import('./cw-schedule-shelf.js'));
  return html`<cw-schedule-shelf
    .application=${application}
    .state=${state}
    @cw-close=${close}
  ></cw-schedule-shelf>`;
}

/** The grid over two parameters of the schedule. */
export function renderScheduleGrid(
  application: Application,
  state: AppState,
  close: () => void,
): TemplateResult {
  lazily(application, () => import('./cw-schedule-sheet.js'));
  return html`<cw-schedule-sheet
    .application=${application}
    .state=${state}
    @cw-close=${close}
  ></cw-schedule-sheet>`;
}

/** Both schedules' results beside each other. */
export function renderScheduleComparison(
  application: Application,
  _state: AppState,
  close: () => void,
): TemplateResult {
  lazily(application, () => import('./cw-schedule-comparison.js'));
  return html`<cw-schedule-comparison
    .application=${application}
    @cw-close=${close}
  ></cw-schedule-comparison>`;
}
