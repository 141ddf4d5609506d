import { type ClassValue, clsx } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

const mergeTailwind = extendTailwindMerge({
  extend: { classGroups: { shadow: ['shadow-float'] } },
})

/** Joins class names; of two Tailwind classes that set the same property the later one wins. */
export function classNames(...values: ClassValue[]): string {
  return mergeTailwind(clsx(values))
}
