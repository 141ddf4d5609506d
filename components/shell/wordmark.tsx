/** The name and its mark: a figure's place between one line and two, as under a settled account. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 font-semibold text-lg tracking-tight">
      <svg
        aria-hidden
        viewBox="0 0 20 20"
        className="size-5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      >
        <path d="M2.5 3.75h15M2.5 13.5h15M2.5 16.75h15" />
        <path d="M6 8.6h2.5M11 8.6h5" className="stroke-accent" strokeWidth="2.5" />
      </svg>
      Duebook
    </span>
  )
}
