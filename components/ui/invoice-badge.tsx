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
import { StatusBadge, type Tone } from './status-badge'

const looks: Record<InvoiceBadgeCode, { tone: Tone; icon: LucideIcon; label: string }> = {
  draft: { tone: 'neutral', icon: CircleDashed, label: 'Draft' },
  scheduled: { tone: 'info', icon: CalendarClock, label: 'Scheduled' },
  open: { tone: 'info', icon: Clock3, label: 'Open' },
  past_due: { tone: 'urgent', icon: Hourglass, label: 'Past due' },
  partly_paid: { tone: 'warning', icon: Contrast, label: 'Partly paid' },
  processing: { tone: 'info', icon: LoaderCircle, label: 'Processing' },
  payment_failed: { tone: 'warning', icon: CircleX, label: 'Payment failed' },
  paid: { tone: 'positive', icon: CheckCheck, label: 'Paid' },
  uncollectible: { tone: 'negative', icon: CircleSlash, label: 'Uncollectible' },
  void: { tone: 'neutral', icon: Ban, label: 'Void' },
}

/** How every invoice state looks and reads, on every screen. */
export function InvoiceBadge({ badge }: { badge: InvoiceBadgeCode }) {
  return <StatusBadge {...looks[badge]} />
}
