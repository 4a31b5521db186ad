/** What a state means. Each tone has its own shape, so that colour is never needed to tell. */
export type Tone = 'good' | 'active' | 'busy' | 'quiet' | 'warning' | 'bad' | 'unknown' | 'alert';

/** Filled marks on a 16 px square; holes by the even-odd rule. */
const PATHS: Readonly<Record<Tone, string>> = {
  good: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Zm-1 9.3 4.7-4.7-1.2-1.2L7 8.4 5.5 6.9 4.3 8.1Z',
  active: 'M3.5 1.8 14 8 3.5 14.2Z',
  busy: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Zm0 1.8a4.7 4.7 0 1 0 0 9.4Z',
  quiet: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Zm0 1.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4Z',
  warning: 'M8 1.2 15.4 14.5H.6ZM7.2 6v4h1.6V6Zm0 5.2v1.6h1.6v-1.6Z',
  bad: 'M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2L1.5 10.8V5.2Zm.9 3.3L4.8 6.1 6.7 8l-1.9 1.9 1.3 1.3L8 9.3l1.9 1.9 1.3-1.3L9.3 8l1.9-1.9-1.3-1.3L8 6.7Z',
  unknown:
    'M8 .8 15.2 8 8 15.2.8 8Zm0 2.4L3.2 8 8 12.8 12.8 8ZM7.2 5.5h1.6v3.2H7.2Zm0 4h1.6v1.5H7.2Z',
  alert: 'M8 .5 9.9 6.1 15.5 8 9.9 9.9 8 15.5 6.1 9.9.5 8 6.1 6.1Z',
};

/** The mark of a tone. Decorative: the word beside it says the same. */
export function Shape({ tone, size = 16 }: { tone: Tone; size?: number }) {
  return (
    <svg className="shape" viewBox="0 0 16 16" width={size} height={size} aria-hidden="true">
      <path d={PATHS[tone]} fillRule="evenodd" fill="currentColor" />
    </svg>
  );
}
