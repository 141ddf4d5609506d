import { BookOpen, Gauge, History, type LucideIcon, RefreshCw, ScrollText, Users } from 'lucide-react'

export type Section = { label: string; href: string; icon: LucideIcon }

/** The rooms of the desk, in the order of the navigation. */
export const sections: readonly Section[] = [
  { label: 'Overview', href: '/', icon: Gauge },
  { label: 'Invoices', href: '/invoices', icon: ScrollText },
  { label: 'Customers', href: '/customers', icon: Users },
  { label: 'Catalog', href: '/catalog', icon: BookOpen },
  { label: 'Activity', href: '/activity', icon: History },
  { label: 'Sync', href: '/sync', icon: RefreshCw },
]
