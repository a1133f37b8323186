import type { Page } from 'puppeteer-core';

/** Every text in a database of the page. */
export function storedTexts(
  page: Page,
  name: 'graphs' | 'graph-versions',
): Promise<readonly string[]> {
  return page.evaluate(
    (database) =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open(database);
        opening.onerror = () => {
          reject(opening.error ?? new Error(database));
        };
        opening.onsuccess = () => {
          const { result } = opening;
          const reading = result.transaction('values').objectStore('values').getAll();
          reading.onsuccess = () => {
            result.close();
            resolve(reading.result as string[]);
          };
        };
      }),
    `crossweave-${name}`,
  );
}
