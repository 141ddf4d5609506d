import { Figure } from '@/components/ui/figure'
import { InstantText } from '@/components/ui/instant-text'
import type { SyncHealth } from '@/lib/domain/sync-view'

/** Four answers: is Stripe there, is somebody copying, when did it last speak, what is on its way. */
export function SyncFacts({ health }: { health: SyncHealth }) {
  const { stripe, worker, lastEventAt, waiting, dead } = health
  return (
    <div className="grid grid-cols-4 gap-x-6 gap-y-4 max-md:grid-cols-2">
      <Figure
        label="Stripe"
        value={stripeWords[stripe.state]}
        tone={stripe.state === 'unreachable' ? 'urgent' : 'plain'}
        note={stripeNote(health)}
      />
      <Figure
        label="Copying"
        value={worker.state === 'ok' ? 'Running' : 'Stopped'}
        tone={worker.state === 'ok' ? 'plain' : 'urgent'}
        note={
          worker.state === 'ok'
            ? 'Changes are taken over as they come'
            : 'The worker does not answer. Start it again; nothing is lost meanwhile'
        }
      />
      <Figure
        label="Last event"
        value={lastEventAt === null ? 'None' : <InstantText at={lastEventAt} />}
        note="Sent by Stripe or asked for"
      />
      <Figure
        label="Waiting"
        value={waiting.toLocaleString('en-US')}
        tone={dead > 0 ? 'urgent' : 'plain'}
        note={dead > 0 ? `${dead.toLocaleString('en-US')} given up on, see below` : 'Changes not copied yet'}
      />
    </div>
  )
}

const stripeWords: Record<SyncHealth['stripe']['state'], string> = {
  ok: 'Reachable',
  unreachable: 'Unreachable',
  unknown: 'Not asked yet',
}

function stripeNote({ stripe, isSandbox, accountId }: SyncHealth) {
  if (stripe.state === 'unreachable') {
    return (
      <>
        {stripe.since !== null && (
          <>
            Since <InstantText at={stripe.since} />.{' '}
          </>
        )}
        {stripe.message}
      </>
    )
  }
  return isSandbox ? 'The local sandbox' : accountId
}
