/** A moment as people say it: the time today, else with the day. */
export function timeInWords(at: number, now = Date.now()): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  const day: Intl.DateTimeFormatOptions = isToday ? {} : { day: 'numeric', month: 'short' };
  const seconds: Intl.DateTimeFormatOptions = isToday ? { second: '2-digit' } : {};
  const language = document.documentElement.lang || 'en';
  return new Intl.DateTimeFormat(language, {
    ...day,
    hour: '2-digit',
    minute: '2-digit',
    ...seconds,
  }).format(at);
}
