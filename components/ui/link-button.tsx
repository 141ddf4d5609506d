import Link from 'next/link'
import type { ReactNode } from 'react'
import { type ButtonSize, type ButtonVariant, buttonStyle } from './button-style'

export type LinkButtonProps = {
  href: string
  children: ReactNode
  variant?: ButtonVariant
  size?: ButtonSize
  icon?: ReactNode
  /** Leaves Duebook: opens in a new tab without a referrer. */
  isExternal?: boolean
}

/** Goes somewhere but looks like a button. What changes something is a `Button`. */
export function LinkButton({
  href,
  children,
  variant = 'secondary',
  size = 'medium',
  icon,
  isExternal = false,
}: LinkButtonProps) {
  const className = buttonStyle(variant, size)
  if (isExternal) {
    return (
      <a href={href} target="_blank" rel="noreferrer" className={className}>
        {icon}
        {children}
        <span className="sr-only"> (opens in a new tab)</span>
      </a>
    )
  }
  return (
    <Link href={href} prefetch={false} className={className}>
      {icon}
      {children}
    </Link>
  )
}
