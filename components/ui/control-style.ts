/** The frame that every control of a form shares. On phones 16 px text, below which iOS zooms into the field. */
export const controlStyle =
  'h-8 w-full min-w-0 rounded-md border border-control bg-surface px-2.5 text-base text-ink transition-colors ' +
  'duration-100 hover:border-ink-muted focus-visible:outline-offset-0 data-[invalid]:border-urgent ' +
  'disabled:border-rule disabled:bg-sunken disabled:text-ink-muted max-md:h-10 max-md:text-lg'
