/** A key to press, beside what it does. */
export function KeyHint({ children }: { children: string }) {
  return (
    <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-b-2 bg-sunken px-1 font-mono text-ink-muted text-xs">
      {children}
    </kbd>
  )
}
