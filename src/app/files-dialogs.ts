import { html, type TemplateResult } from 'lit';
import type { Application } from './application.js';
import type { AppState } from './app-state.js';
import { lazily } from './lazily.js';

/** The versions of the shown graph. */
export function renderVersions(
  application: Application,
  _state: AppState,
  close: () => void,
): TemplateResult {
  lazily(application, () => import('./cw-version-history.js'));
  return html`<cw-version-history
    .application=${application}
    @cw-close=${close}
  ></cw-version-history>`;
}

/** All stored graphs. */
export function renderStoredGraphs(
  application: Application,
  _state: AppState,
  close: () => void,
): TemplateResult {
  lazily(application, () => import('./cw-stored-graphs.js'));
  return html`<cw-stored-graphs .application=${application} @cw-close=${close}></cw-stored-graphs>`;
}

/** The gallery of templates. */
export function renderTemplates(
  application: Application,
  _state: AppState,
  close: () => void,
): TemplateResult {
  lazily(application, () => import('./cw-templates.js'));
  return html`<cw-templates .application=${application} @cw-close=${close}></cw-templates>`;
}
