import {
  Ban,
  CalendarClock,
  CheckCheck,
  CircleDashed,
  CircleSlash,
  CircleX,
  Clock3,
  Contrast,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
} from 'lucide-react'
import type { InvoiceBadge as InvoiceBadgeCode } from '@/lib/domain/invoice'
import { badgeWords } from '@/lib/words/badges'
import { StatusBadge } from './status-badge'

const icons: Record<InvoiceBadgeCode, LucideIcon> = {
  draft: CircleDashed,
  scheduled: CalendarClock,
  open: Clock3,
  past_due: Hourglass,
  partly_paid: Contrast,
  processing: LoaderCircle,
  payment_failed: CircleX,
  paid: CheckCheck,
  uncollectible: CircleSlash,
  void: Ban,
}

/** How every invoice state looks and reads, on every screen. */
export function InvoiceBadge({ badge }: { badge: InvoiceBadgeCode }) {
  return <StatusBadge icon={icons[badge]} {...badgeWords(badge)} />
}
