import { MessagePage } from '@/components/shell/message-page'
import { LinkButton } from '@/components/ui/link-button'

export default function NotFound() {
  return (
    <MessagePage title="Page not found" action={<LinkButton href="/">Go to the desk</LinkButton>}>
      Check the address, or start again from the desk.
    </MessagePage>
  )
}
