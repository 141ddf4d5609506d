import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageContainer } from '@/components/ui/page-container'

export default function DeskNotFound() {
  return (
    <PageContainer>
      <EmptyState title="Nothing here" action={<LinkButton href="/">Go to the overview</LinkButton>}>
        <h1 className="sr-only">Page not found</h1>
        <p>
          The address is mistyped, the object was deleted, or it was made a moment ago and is still on its way
          from Stripe.
        </p>
      </EmptyState>
    </PageContainer>
  )
}
