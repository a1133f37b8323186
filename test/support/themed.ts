/** Gives the page the application's theme, so that contrast can be judged; resolves when it holds. */
export async function useTheme(theme: 'dark' | 'light' | 'contrast'): Promise<void> {
  document.documentElement.dataset['theme'] = theme;
  if (document.querySelector('link[data-theme-file]')) return;
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = '/public/theme.css';
  link.dataset['themeFile'] = '';
  await new Promise((resolve, reject) => {
    link.addEventListener('load', resolve);
    link.addEventListener('error', () => {
      reject(new Error('/public/theme.css could not be loaded'));
    });
    document.head.append(link);
  });
}
