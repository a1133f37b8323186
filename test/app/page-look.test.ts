import { expect } from '@open-wc/testing';
import { applyLook } from '../../src/app/page-look.js';
import { useTheme } from '../support/themed.js';

describe('the look of the page', () => {
  const page = document.documentElement;
  const quick = (): string => getComputedStyle(page).getPropertyValue('--cw-quick');

  before(() => useTheme('dark'));

  afterEach(() => {
    delete page.dataset['motion'];
  });

  it('is without motion where the settings want none, and has it again where they want it', () => {
    applyLook({ theme: 'dark', motion: 'reduced' });
    expect(quick()).to.equal('0ms');
    applyLook({ theme: 'dark', motion: 'full' });
    expect(quick()).to.equal('120ms');
  });

  it('follows the settings in light and dark, and says whether that changed anything', () => {
    applyLook({ theme: 'dark', motion: 'system' });
    expect(applyLook({ theme: 'light', motion: 'system' })).to.equal(true);
    expect(page.dataset['theme']).to.equal('light');
    expect(applyLook({ theme: 'light', motion: 'system' })).to.equal(false);
    expect(applyLook({ theme: 'dark', motion: 'system' })).to.equal(true);
  });
});
