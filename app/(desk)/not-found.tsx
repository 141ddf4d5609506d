import { PageHeader } from '@/components/shell/page-header'
import { LinkButton } from '@/components/ui/link-button'
import { PageContainer } from '@/components/ui/page-container'

export default function DeskNotFound() {
  return (
    <PageContainer width="reading">
      <PageHeader
        title="Nothing here"
        summary="The address is mistyped, what it showed was deleted, or it was made a moment ago and is still on its way from Stripe."
      />
      <div>
        <LinkButton href="/">Go to the overview</LinkButton>
      </div>
    </PageContainer>
  )
}
