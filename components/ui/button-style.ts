import { classNames } from './class-names'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'
export type ButtonSize = 'medium' | 'small'

const variants: Record<ButtonVariant, string> = {
  primary: 'border-accent bg-accent text-on-accent hover:border-accent-strong hover:bg-accent-strong',
  secondary: 'border-control/60 bg-surface text-ink hover:border-control hover:bg-hover',
  quiet: 'border-transparent bg-transparent text-ink hover:bg-hover',
  danger: 'border-danger bg-danger text-on-danger hover:border-danger-strong hover:bg-danger-strong',
}

const sizes: Record<ButtonSize, string> = {
  medium: 'h-8 min-w-8 px-3 text-base max-md:h-10 max-md:min-w-10',
  small: 'h-7 min-w-7 px-2 text-sm max-md:h-9 max-md:min-w-9',
}

/** The look of buttons and of links that act like one. */
export function buttonStyle(variant: ButtonVariant, size: ButtonSize, isIconOnly = false): string {
  return classNames(
    'inline-flex shrink-0 select-none items-center justify-center gap-1.5 rounded-md border font-medium',
    'whitespace-nowrap transition-colors duration-100 [&_svg]:size-4 [&_svg]:shrink-0',
    'data-[disabled]:border-rule data-[disabled]:bg-sunken data-[disabled]:text-ink-muted',
    variants[variant],
    sizes[size],
    isIconOnly && 'px-0',
  )
}
