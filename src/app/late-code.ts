import type { Application } from './application.js';
import { lazily } from './lazily.js';

/** Code that a part of the page needs to be drawn: undefined until it is there, when the page is drawn again. */
export type LateCode<Code> = (application: Application) => Code | undefined;

/** Code that is loaded when it is first asked for. A failure is told to the user. */
export function lateCode<Code>(load: () => Promise<Code>): LateCode<Code> {
  let code: Code | undefined;
  return (application) => {
    if (!code) {
      lazily(application, async () => {
        const loaded = await load();
        if (code) return;
        code = loaded;
        application.store.renew();
      });
    }
    return code;
  };
}

/** What puts forecasts into words. */
export const forecastView = lateCode(() => import('./forecast-view.js'));

/** What tells of stored settings and pictures that cannot be read. */
export const unreadableRecords = lateCode(() => import('./unreadable-records.js'));

/** What puts the journal into words. */
export const journalView = lateCode(() => import('./journal-view.js'));

/** The first steps, and what they point at. */
export const guideTargets = lateCode(() => import('./guide-targets.js'));
